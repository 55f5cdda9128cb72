-- Which deadlines were told, at how many days before (-1: when they had passed): each once, however often somebody looks.
-- What was told stands apart from what is derived, or a rebuild would tell it again.

set local lock_timeout = '5s';

create table deadline_told (
    customer_id uuid not null,
    subject text not null,
    day text not null,
    threshold integer not null,
    told_at timestamptz not null,
    primary key (customer_id, subject, day, threshold)
);
alter table deadline_told enable row level security;
alter table deadline_told force row level security;
create policy sealed on deadline_told
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
grant select, insert on deadline_told to ${app};
