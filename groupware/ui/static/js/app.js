// The start of every page: Turbo for visits, Stimulus for behaviour. What each part does stands in its own file.
import "@hotwired/turbo"
import { Application } from "@hotwired/stimulus"
import { loadControllers } from "ui/loading"
import { settleTurbo } from "ui/turbo"

settleTurbo(window.Turbo)
loadControllers(Application.start())
