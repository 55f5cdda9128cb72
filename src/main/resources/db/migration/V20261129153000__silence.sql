-- Silence is an event: when words that are awaited again have not come, it is told once. When a line of words may
-- be late is kept lazily: repetitions do not move it, the watch does when it has come. What was told stands apart from
-- what is derived, or a rebuild would tell it again.

set local lock_timeout = '5s';

alter table last_words add column late_after interval;
alter table last_words add column due_at timestamptz;
create index last_words_due on last_words (customer_id, due_at) where due_at is not null;

create table silence (
    customer_id uuid not null,
    element_id uuid not null,
    stance text not null,
    witness_id uuid not null,
    source text not null,
    told text not null check (told in ('late', 'stale')),
    primary key (customer_id, element_id, stance, witness_id, source)
);
alter table silence enable row level security;
alter table silence force row level security;
create policy sealed on silence
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
grant select, insert, update, delete on silence to ${app};

alter table token add column expiry_told_at timestamptz;
