// A calendar program as its author would write it: reads a calendar strictly, and prints what stands in it.
import { text } from "node:stream/consumers";
import ICAL from "ical.js";

ICAL.design.strict = true;
const calendar = new ICAL.Component(ICAL.parse(await text(process.stdin)));
const others = calendar.getAllSubcomponents().filter((one) => one.name !== "vevent");
if (others.length) throw new Error(`stands there too: ${others.map((one) => one.name)}`);
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    allDay: event.startDate.isDate,
    categories: component.getAllProperties("categories").flatMap((one) => one.getValues()),
    url: component.getFirstPropertyValue("url"),
    alarms: component.getAllSubcomponents("valarm").map((one) => one.getFirstPropertyValue("trigger").toString()),
    properties: component.getAllProperties().map((one) => one.name),
  };
});
console.log(JSON.stringify({
  name: calendar.getFirstPropertyValue("x-wr-calname"),
  method: calendar.getFirstPropertyValue("method"),
  version: calendar.getFirstPropertyValue("version"),
  properties: calendar.getAllProperties().map((one) => one.name),
  events,
}));
