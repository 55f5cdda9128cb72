// A receiver as its author would write it: verifies the signature, reads the event, and prints it.
import { text } from "node:stream/consumers";
import { HTTP } from "cloudevents";
import { Webhook } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(await text(process.stdin));
new Webhook(secret).verify(body, headers);
const event = HTTP.toEvent({ headers, body });
event.validate();
console.log(JSON.stringify(event));
