-- Orders are folded like projects, from what was agreed about them and from what was said of elements in their course.

set local lock_timeout = '5s';

alter table subject_entry add column sort text not null default 'project' check (sort in ('project', 'order'));
alter table subject_entry alter column sort drop default;

create table orders (
    customer_id uuid not null references customer,
    order_id uuid not null,
    number text not null,
    provider text,
    ordered_on date,
    promised_on date,
    expires_on date,
    notice_until date,
    cancelled_on date,
    changed_at timestamptz not null,
    seq bigint not null,
    story json not null,
    primary key (customer_id, order_id),
    unique (customer_id, number)
);
create index orders_news on orders (customer_id, changed_at desc, order_id);

alter table orders enable row level security;
alter table orders force row level security;
create policy sealed on orders
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
grant select, insert, update, delete on orders to ${app};
