// Prints the states of the permissions listed in its argument, as the running process has them.

const requested: Deno.PermissionDescriptor[] = JSON.parse(Deno.args[0] ?? "[]");
const states = requested.map((each) => Deno.permissions.querySync(each).state);
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(states)));
