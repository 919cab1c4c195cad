/** Where the control is, beside the API. */
export const CONTROL_PATH = "/__holdfast";
