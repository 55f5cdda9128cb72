-- Which address is free is asked along indexes: addresses that are held stand in their own order, which is not that of
-- their texts; and of a range it is told by which attribute, because what lies in a network does not hold it.
-- Rows written before this say "range"; a rebuild tells them apart.

set local lock_timeout = '5s';

alter table identifier
    add column address inet generated always as (case when kind = 'address' then value::inet end) stored;
create index identifier_held on identifier (customer_id, address, element_id) where until is null and address is not null;

alter table address_range add column attribute text not null default 'range';
alter table address_range alter column attribute drop default;
alter table address_range drop constraint address_range_pkey;
alter table address_range add primary key (customer_id, element_id, attribute, first, last);
drop index address_range_bounds;
create index address_range_bounds on address_range (customer_id, attribute, first, last);
