-- An element that turned out to be another one: what was said of it is said of that one, and its name leads there.
set local lock_timeout = '5s';

alter table element add column merged_into uuid;
alter table element
    add foreign key (customer_id, merged_into) references element (customer_id, element_id) deferrable initially deferred;
create index element_merged_name on element (customer_id, name) where merged_into is not null;
create index element_merged_into on element (customer_id, merged_into) where merged_into is not null;
