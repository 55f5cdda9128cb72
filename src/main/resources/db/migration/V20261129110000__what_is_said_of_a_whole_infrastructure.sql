-- What is said of a whole infrastructure: which entries, what is planned and open there, and who belongs to it from when
-- until when. All of it is derived; a rebuild fills it.
set local lock_timeout = '5s';

create table infrastructure_entry (
    customer_id uuid not null,
    seq bigint not null,
    infrastructure text not null,
    witnessed_at timestamptz not null,
    primary key (customer_id, seq)
);
create index infrastructure_history on infrastructure_entry (customer_id, infrastructure, witnessed_at desc, seq desc);

create table upkeep (
    customer_id uuid not null,
    infrastructure text not null,
    doc bytea not null,
    primary key (customer_id, infrastructure)
);

create table belonging (
    customer_id uuid not null,
    element_id uuid not null,
    infrastructure text not null,
    since timestamptz not null,
    until timestamptz,
    primary key (customer_id, element_id, infrastructure, since)
);
create index belonging_members on belonging (customer_id, infrastructure, element_id);

alter table infrastructure_entry enable row level security;
alter table infrastructure_entry force row level security;
create policy sealed on infrastructure_entry
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
grant select, insert, update, delete on infrastructure_entry to ${app};

alter table upkeep enable row level security;
alter table upkeep force row level security;
create policy sealed on upkeep
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
grant select, insert, update, delete on upkeep to ${app};

alter table belonging enable row level security;
alter table belonging force row level security;
create policy sealed on belonging
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
grant select, insert, update, delete on belonging to ${app};
