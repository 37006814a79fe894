/** Why the fields of a refused form are refused, by their names, in the reader's language. */
export type Faults = Readonly<Record<string, string>>;

export interface FieldFaultProps {
  /** The id of the form. */
  form: string;
  name: string;
  faults: Faults;
}

/** The fault of a field, beside it; nothing if it has none. */
export function FieldFault({ form, name, faults }: FieldFaultProps) {
  const text = faults[name];
  if (text === undefined) return null;
  return <small class="field-fault" id={`${form}-${name}-fault`}>{text}</small>;
}

/** Returns the attributes of a field that may have a fault; the first faulty field of a form has the focus. */
export function faultAttributes({ form, name, faults }: FieldFaultProps) {
  if (faults[name] === undefined) return {};
  return {
    "aria-invalid": "true" as const,
    "aria-describedby": `${form}-${name}-fault`,
    autofocus: Object.keys(faults)[0] === name,
  };
}
