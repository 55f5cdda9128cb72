// A listener as its author would write it: prints every event, comes back by itself when it is cut off.
import { EventSource } from "eventsource";

const [url, token] = process.argv.slice(2);
const source = new EventSource(url, {
  fetch: (address, init) => fetch(address, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }),
});
source.addEventListener("open", () => console.log("open"));
source.addEventListener("monitoring.state-changed", (event) =>
  console.log(JSON.parse(event.data).elements[0].name),
);
