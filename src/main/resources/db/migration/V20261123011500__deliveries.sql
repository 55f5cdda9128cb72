-- How far the reception of the last delivery of an element has come; null where nothing was delivered. A rebuild fills it.
set local lock_timeout = '5s';

alter table knowledge
    add column delivery text check (delivery in ('open', 'postponed', 'accepted', 'reserved', 'refused'));

create index knowledge_delivery on knowledge (customer_id, delivery, name, element_id) where delivery is not null;
