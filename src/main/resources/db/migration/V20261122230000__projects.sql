-- Projects are folded from the testimonies about them; these stand by seq in subject_entry, which tells what an entry
-- speaks of where that is no element.

set local lock_timeout = '5s';

create table subject_entry (
    customer_id uuid not null,
    subject_id uuid not null,
    seq bigint not null,
    primary key (customer_id, subject_id, seq),
    unique (customer_id, seq)
);

create table project (
    customer_id uuid not null references customer,
    project_id uuid not null,
    name text not null,
    title text not null,
    infrastructure text,
    state text not null check (state in ('requested', 'proposed', 'approved', 'refused', 'cancelled')),
    turn text not null check (turn in ('ops', 'customer', 'nobody')),
    requested_at timestamptz not null,
    changed_at timestamptz not null,
    seq bigint not null,
    story json not null,
    primary key (customer_id, project_id),
    unique (customer_id, name)
);
create index project_news on project (customer_id, changed_at desc, project_id);

create index knowledge_project on knowledge (customer_id, project, name, element_id) where project is not null;

alter table subject_entry enable row level security;
alter table subject_entry force row level security;
alter table project enable row level security;
alter table project force row level security;
create policy sealed on subject_entry
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
create policy sealed on project
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
grant select, insert, delete on subject_entry to ${app};
grant select, insert, update, delete on project to ${app};
