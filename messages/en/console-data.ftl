### The console: data.

console-data-lead = How much there is and how fresh.
console-data-events = Events
console-data-shoppers = Shoppers
console-data-items = Items
console-data-reviews = Reviews
console-data-last-event = Latest event happened
console-data-last-taken-in = Last taken in
console-data-erased = Shoppers erased
console-data-never = none yet
console-data-day = day
console-data-by-day = Events by day
console-data-by-day-about = Events by the day they happened (UTC), the last 180 days.
console-data-no-days = There are no events with a time yet. Import some with candor import, or send them to /v1/events.
console-data-unlisted = Ids that the catalogue lacks
console-data-unlisted-about = Events name them, and they teach; they are recommended once the catalogue lists them. candor unlisted writes them all; an import aligns them (candor import --help).
console-data-unlisted-id = Id
