"""調整事項: what one team needs of another team or section, answered, and where they do not agree brought to 行政管理課 and the council."""
