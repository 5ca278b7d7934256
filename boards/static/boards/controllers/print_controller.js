// The browser's own printing: the page has a style for A4.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  now() { window.print() }
}
