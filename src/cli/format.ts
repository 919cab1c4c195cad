/** The forms in which a check leaves what it found, as `--report` names them. */
export const FORMATS = ["md", "html", "json", "junit", "sarif", "github"] as const;
export type Format = (typeof FORMATS)[number];
