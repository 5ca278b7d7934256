"""助言・提言: asked for, given, answered by the section, carried out, and what came of it. One record, whoever shows it."""
