-- Who wants to hear what, by which way; and each attempt to say it. Like accounts and tokens they stand outside of the
-- record. Dispatches name a notice by its number; their states and instants are all that a rebuild has no part in.

set local lock_timeout = '5s';

create table subscription (
    customer_id uuid not null references customer,
    subscription_id uuid not null,
    actor_id uuid not null,
    -- with which it was made; revoked, it takes the subscription with it. Null for what everybody of a role gets.
    token_id uuid,
    -- which of those it is; null where somebody made it
    usual text,
    label text not null,
    infrastructures text[],
    elements text[],
    channel text not null,
    settings json not null,
    -- what of the settings is nobody's to read again, sealed with the master key
    sealed bytea,
    -- of the address by which it is read or ended without signing in
    secret_hash bytea,
    notices text[] not null,
    filter json not null,
    conditions json not null,
    schedule json not null,
    language text not null check (language in ('en', 'fr')),
    state text not null check (state in ('active', 'paused', 'unconfirmed', 'disabled', 'ended')),
    -- notices after this one are its concern
    from_no bigint not null,
    failures integer not null default 0,
    failing_since timestamptz,
    version bigint not null default 0,
    created_at timestamptz not null,
    primary key (customer_id, subscription_id)
);
create unique index subscription_usual on subscription (customer_id, actor_id, usual) where usual is not null;
create unique index subscription_secret on subscription (customer_id, secret_hash) where secret_hash is not null;

-- How far the notices of a customer have been spread among its subscriptions.
create table fan_out (
    customer_id uuid primary key references customer,
    no bigint not null
);

create table dispatch (
    customer_id uuid not null,
    dispatch_id uuid not null,
    subscription_id uuid not null,
    no bigint not null,
    -- the elements that it is about; of those that share one, the earlier goes first
    elements uuid[] not null,
    state text not null
        check (state in ('waiting', 'sending', 'delivered', 'kept', 'read', 'parked', 'withheld', 'lapsed')),
    due_at timestamptz not null,
    -- the dispatch under whose id it is sent: its own, or the first of what goes in one message
    message_id uuid,
    attempts integer not null default 0,
    created_at timestamptz not null,
    settled_at timestamptz,
    primary key (customer_id, dispatch_id),
    unique (customer_id, subscription_id, no),
    foreign key (customer_id, subscription_id) references subscription
);
create index dispatch_open on dispatch (customer_id, subscription_id, no) where state in ('waiting', 'sending');
create index dispatch_of_message on dispatch (customer_id, message_id) where message_id is not null;

create table attempt (
    customer_id uuid not null,
    message_id uuid not null,
    attempt integer not null,
    subscription_id uuid not null,
    at timestamptz not null,
    duration_ms integer not null,
    outcome text not null check (outcome in ('delivered', 'away', 'refused', 'gone')),
    code integer,
    told text not null,
    request text not null,
    primary key (customer_id, message_id, attempt)
);

-- What undoes an earlier notice of the same element.
create index notice_of_element on notice (customer_id, element_id, no)
    where type in ('monitoring.state-changed', 'element.status-changed', 'knowledge.refreshed', 'incident.resolved');

-- What the program has to do by itself, and when: identifiers and instants alone, so that one look finds what is due of
-- all customers; whatever is done is done within one.
create table errand (
    customer_id uuid not null,
    sort text not null,
    errand_id uuid not null,
    due_at timestamptz not null,
    lease uuid,
    leased_until timestamptz,
    primary key (customer_id, sort, errand_id)
);
create index errand_due on errand (due_at);
create index errand_leased on errand (leased_until) where leased_until is not null;
grant select, insert, update, delete on errand to ${app};

do $$
declare
    sealed text;
begin
    foreach sealed in array array['subscription', 'fan_out', 'dispatch', 'attempt'] loop
        execute format('alter table %I enable row level security', sealed);
        execute format('alter table %I force row level security', sealed);
        execute format($policy$create policy sealed on %I
            using (position(customer_id::text in current_setting('app.customers', true)) > 0)
            with check (position(customer_id::text in current_setting('app.customers', true)) > 0)$policy$, sealed);
    end loop;
end $$;
grant select, insert, update on subscription, fan_out, dispatch, attempt to ${app};
