import type { failureWords } from "../../i18n/failure_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";
import type { Failure } from "./api.ts";

/** Describes a failure as the reason at the end of a sentence. */
export function describeFailure(
  voice: Voice<WordKey<typeof failureWords>>,
  failure: Failure,
): string {
  switch (failure.kind) {
    case "unreachable":
      return voice.say("reasonUnreachable");
    case "signed out":
      return voice.say("reasonSignedOut");
    case "broker away":
      return voice.say("reasonBrokerAway");
    case "database away":
      return voice.say("reasonDatabaseAway");
    case "refused":
      return failure.message;
  }
}
