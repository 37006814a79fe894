import type { ComponentChildren, InputHTMLAttributes, SelectHTMLAttributes } from "preact";

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
function faultAttributes({ form, name, faults }: FieldFaultProps) {
  if (faults[name] === undefined) return {};
  return {
    "aria-invalid": "true" as const,
    "aria-describedby": `${form}-${name}-fault`,
    autofocus: Object.keys(faults)[0] === name,
  };
}

export interface CheckedInputProps extends Omit<InputHTMLAttributes, "name"> {
  field: FieldFaultProps;
  /** What stands between the input and its fault, such as a unit. */
  children?: ComponentChildren;
}

/** An input that the server checks, with its fault beside it. */
export function CheckedInput({ field, children, ...attributes }: CheckedInputProps) {
  return (
    <>
      <input name={field.name} {...attributes} {...faultAttributes(field)} />
      {children}
      <FieldFault {...field} />
    </>
  );
}

export interface CheckedSelectProps extends Omit<SelectHTMLAttributes, "name"> {
  field: FieldFaultProps;
}

/** A selection that the server checks, with its fault beside it; the children are its options. */
export function CheckedSelect({ field, children, ...attributes }: CheckedSelectProps) {
  return (
    <>
      <select name={field.name} {...attributes} {...faultAttributes(field)}>{children}</select>
      <FieldFault {...field} />
    </>
  );
}
