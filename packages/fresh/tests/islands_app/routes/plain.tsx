import { define } from "../define.ts";

export default define.page(() => <p id="plain">no islands</p>);
