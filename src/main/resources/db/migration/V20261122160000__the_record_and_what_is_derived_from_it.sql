-- Roles: the owner (who runs this) owns; ${app} owns nothing, sees only the customers of its scope, and can never
-- rewrite a testimony. Every table below begins its keys with the customer, save the named few of the party room.

set local lock_timeout = '5s';

-- party: who there is. No customer's content stands in these tables; rights are worked out from them before any scope exists.

create table instance_setting (
    name  text primary key,
    value text not null
);

create table ops_team (
    ops_team_id uuid primary key,
    slug        text not null unique,
    name        text not null,
    created_at  timestamptz not null
);

-- A person or a robot. In the record it appears only by this random id.
create table actor (
    actor_id    uuid primary key,
    role        text not null check (role in ('operator', 'ops', 'cio', 'member', 'robot')),
    name        text not null,
    email       text,
    ops_team_id uuid references ops_team,
    customer_id uuid,
    created_at  timestamptz not null,
    ended_at    timestamptz,
    check (role <> 'ops' or ops_team_id is not null),
    check (role not in ('cio', 'member') or customer_id is not null)
);
create index actor_of_team on actor (ops_team_id) where ops_team_id is not null;
create index actor_of_customer on actor (customer_id) where customer_id is not null;

-- customer → ops team: the source of every right.
create table mandate (
    mandate_id      uuid primary key,
    customer_id     uuid not null,
    ops_team_id     uuid not null references ops_team,
    state           text not null check (state in ('proposed', 'active', 'declined', 'ended')),
    infrastructures text[],
    from_at         timestamptz not null,
    until_at        timestamptz,
    from_seq        bigint,
    until_seq       bigint,
    confirmed_at    timestamptz,
    created_at      timestamptz not null
);
-- A proposal may name a customer that does not exist: what is hidden and what is unknown look the same.
create unique index mandate_living on mandate (customer_id, ops_team_id) where state in ('proposed', 'active');
create index mandate_of_team on mandate (ops_team_id, state);
create index mandate_of_customer on mandate (customer_id, state);

create table token (
    token_id        uuid primary key,
    actor_id        uuid not null references actor,
    label           text not null,
    hash            bytea not null unique,
    hint            text not null,
    scopes          text[] not null,
    customers       uuid[],
    infrastructures text[],
    elements        text[],
    ops_team_id     uuid references ops_team,
    minted_by       uuid references actor,
    created_at      timestamptz not null,
    expires_at      timestamptz,
    revoked_at      timestamptz,
    last_used_at    timestamptz
);
create index token_of_actor on token (actor_id);
create index token_of_team on token (ops_team_id) where ops_team_id is not null;

create table session (
    hash         bytea primary key,
    token_id     uuid not null references token,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null
);

-- The answers of acts that carried an Idempotency-Key. The answer is sealed with the caller's own token, which is kept
-- nowhere: only who asked can be answered again.
create table replay (
    token_id     uuid not null references token,
    key          text not null,
    customer_id  uuid,
    request_hash bytea not null,
    status       integer not null,
    answer       bytea not null,
    created_at   timestamptz not null,
    primary key (token_id, key)
);

-- customer

create table customer (
    customer_id uuid primary key,
    slug        text not null,
    name        text not null,
    created_at  timestamptz not null
);

-- The customer's pen: who holds this row writes the customer's record. seq and no are gap-free and follow the commits.
create table customer_head (
    customer_id uuid primary key references customer,
    seq         bigint not null default 0,
    no          bigint not null default 0,
    version     bigint not null default 0,
    definitions bigint not null default 0,
    chain       bytea not null,
    recorded_at timestamptz not null
) with (fillfactor = 20);

create table witness (
    customer_id uuid not null references customer,
    actor_id    uuid not null,
    role        text not null,
    name        text not null,
    first_at    timestamptz not null,
    primary key (customer_id, actor_id)
);

-- layer 1: the record

create table testimony (
    customer_id   uuid not null references customer,
    seq           bigint not null,
    id            uuid not null,
    kind          text not null,
    witness_id    uuid not null,
    source        text not null,
    witnessed_at  timestamptz not null,
    recorded_at   timestamptz not null,
    header        bytea not null,
    header_salt   bytea not null,
    facts         bytea,
    facts_salt    bytea,
    note          bytea,
    note_salt     bytea,
    document_leaf bytea,
    chain         bytea not null,
    primary key (customer_id, seq),
    unique (customer_id, id),
    foreign key (customer_id, witness_id) references witness (customer_id, actor_id)
);
create index testimony_of_witness on testimony (customer_id, witness_id, seq desc);

create table source_document (
    customer_id uuid not null,
    seq         bigint not null,
    bytes       bytea not null,
    salt        bytea not null,
    primary key (customer_id, seq),
    foreign key (customer_id, seq) references testimony (customer_id, seq)
);

-- What was heard again: one row per testimony that was confirmed, holding the first, the last and the count.
create table hearing (
    customer_id uuid not null,
    seq         bigint not null,
    element_id  uuid not null,
    first_at    timestamptz not null,
    last_at     timestamptz not null,
    heard_at    timestamptz not null,
    heard       integer not null,
    sealed      integer not null default 1,
    ended       boolean not null default false,
    primary key (customer_id, seq),
    foreign key (customer_id, seq) references testimony (customer_id, seq)
) with (fillfactor = 70);
create index hearing_running on hearing (customer_id, element_id) where not ended;

-- layers 2 to 5: derived, given back by a rebuild with the same identifiers

create table definition (
    customer_id uuid not null references customer,
    sort        text not null check (sort in ('element-type', 'attribute', 'infrastructure', 'provider')),
    name        text not null,
    id          uuid not null,
    body        json not null,
    seq         bigint not null,
    primary key (customer_id, sort, name),
    unique (customer_id, id)
);

create table element (
    customer_id uuid not null references customer,
    element_id  uuid not null,
    name        text not null,
    type        text not null,
    created_seq bigint not null,
    closed_at   timestamptz,
    primary key (customer_id, element_id)
);
create unique index element_living_name on element (customer_id, name) where closed_at is null;
create index element_name on element (customer_id, name);

create table assignment (
    customer_id  uuid not null,
    seq          bigint not null,
    element_id   uuid not null,
    witnessed_at timestamptz not null,
    primary key (customer_id, seq),
    foreign key (customer_id, seq) references testimony (customer_id, seq),
    foreign key (customer_id, element_id) references element (customer_id, element_id)
);
create index assignment_history on assignment (customer_id, element_id, witnessed_at desc, seq desc);

-- A testimony withdrawn stays in the record and is left out of knowledge.
create table withdrawn (
    customer_id uuid not null,
    seq         bigint not null,
    by_seq      bigint not null,
    by_at       timestamptz not null,
    primary key (customer_id, seq),
    foreign key (customer_id, seq) references testimony (customer_id, seq)
);

create table unattached (
    customer_id  uuid not null,
    seq          bigint not null,
    reason       text not null check (reason in ('unknown', 'ambiguous')),
    told         text not null,
    candidates   uuid[] not null,
    attached_seq bigint,
    primary key (customer_id, seq),
    foreign key (customer_id, seq) references testimony (customer_id, seq)
);
create index unattached_waiting on unattached (customer_id, seq desc) where attached_seq is null;

create table identifier (
    customer_id uuid not null,
    kind        text not null,
    value       text not null,
    element_id  uuid not null,
    since       timestamptz not null,
    until       timestamptz,
    primary key (customer_id, kind, value, element_id, since),
    foreign key (customer_id, element_id) references element (customer_id, element_id)
);
create index identifier_of on identifier (customer_id, element_id) where until is null;

-- When each witness last said something from one source, on one stance, and the digest of it: enough to tell a
-- repetition from news. What was said stands in knowledge.doc.
create table last_words (
    customer_id uuid not null,
    element_id  uuid not null,
    stance      text not null,
    witness_id  uuid not null,
    source      text not null,
    seq         bigint not null,
    id          uuid not null,
    digest      bytea not null,
    said_at     timestamptz not null,
    recorded_at timestamptz not null,
    stale_after interval,
    primary key (customer_id, element_id, stance, witness_id, source),
    foreign key (customer_id, element_id) references element (customer_id, element_id)
) with (fillfactor = 70);

-- One row per element: the answer, ready to be read.
create table knowledge (
    customer_id    uuid not null,
    element_id     uuid not null,
    name           text not null,
    type           text not null,
    status         text not null,
    infrastructure text,
    project        text,
    provider       text,
    site           text,
    tags           text[] not null,
    divergences    integer not null,
    seq            bigint not null,
    doc            bytea not null,
    primary key (customer_id, element_id),
    foreign key (customer_id, element_id) references element (customer_id, element_id)
) with (fillfactor = 70);
create index knowledge_list on knowledge (customer_id, name, element_id);
create index knowledge_diverging on knowledge (customer_id, name, element_id) where divergences > 0;
create index knowledge_infrastructure on knowledge (customer_id, infrastructure, name, element_id);

-- The few words and numbers that searches and filters look for.
create table term (
    customer_id uuid not null,
    element_id  uuid not null,
    attribute   text not null,
    text        text not null,
    number      double precision,
    primary key (customer_id, element_id, attribute, text),
    foreign key (customer_id, element_id) references element (customer_id, element_id)
);
create index term_text on term (customer_id, text text_pattern_ops, attribute, element_id);
create index term_number on term (customer_id, attribute, number, element_id) where number is not null;

create table address_range (
    customer_id uuid not null,
    element_id  uuid not null,
    first       inet not null,
    last        inet not null,
    primary key (customer_id, element_id, first),
    foreign key (customer_id, element_id) references element (customer_id, element_id)
);
create index address_range_bounds on address_range (customer_id, first, last);

create table relation (
    customer_id uuid not null,
    element_id  uuid not null,
    attribute   text not null,
    told        text not null,
    target_id   uuid,
    primary key (customer_id, element_id, attribute, told),
    foreign key (customer_id, element_id) references element (customer_id, element_id),
    foreign key (customer_id, target_id) references element (customer_id, element_id)
);
create index relation_target on relation (customer_id, target_id) where target_id is not null;
create index relation_unresolved on relation (customer_id, told) where target_id is null;

create table divergence (
    customer_id    uuid not null,
    divergence_id  uuid not null,
    element_id     uuid not null,
    attribute      text not null,
    "between"      text not null,
    nature         text not null,
    state          text not null check (state in ('open', 'acknowledged', 'accepted', 'resolved')),
    opened_seq     bigint not null,
    opened_at      timestamptz not null,
    resolved_seq   bigint,
    resolved_at    timestamptz,
    body           json not null,
    accepted_until timestamptz,
    reason         text,
    decided_by     uuid,
    decided_seq    bigint,
    primary key (customer_id, divergence_id),
    foreign key (customer_id, element_id) references element (customer_id, element_id)
);
create unique index divergence_living on divergence (customer_id, element_id, attribute, "between") where state <> 'resolved';
create index divergence_inbox on divergence (customer_id, state, opened_at desc, divergence_id);

create table notice (
    customer_id uuid not null references customer,
    no          bigint not null,
    type        text not null,
    severity    text not null,
    element_id  uuid,
    seq         bigint not null,
    body        json not null,
    created_at  timestamptz not null,
    primary key (customer_id, no)
);

-- outside the record

create table idempotency (
    customer_id  uuid not null references customer,
    actor_id     uuid not null,
    key          text not null,
    request_hash bytea not null,
    status       integer not null,
    response     bytea not null,
    created_at   timestamptz not null,
    primary key (customer_id, actor_id, key)
);
create index idempotency_age on idempotency (customer_id, created_at);

-- the second wall: no scope, no row

do $$
declare
    sealed text;
begin
    foreach sealed in array array['customer', 'customer_head', 'witness', 'testimony', 'source_document', 'hearing',
        'definition', 'element', 'assignment', 'withdrawn', 'unattached', 'identifier', 'last_words', 'knowledge', 'term',
        'address_range', 'relation', 'divergence', 'notice', 'idempotency']
    loop
        execute format('alter table %I enable row level security', sealed);
        execute format('alter table %I force row level security', sealed);
        execute format('create policy sealed on %I using (customer_id = any (nullif(current_setting(''app.customers'', true), '''')::uuid[]))'
            || ' with check (customer_id = any (nullif(current_setting(''app.customers'', true), '''')::uuid[]))', sealed);
    end loop;
end
$$;

grant usage on schema public to ${app};
grant select on all tables in schema public to ${app};
grant insert on instance_setting, ops_team, actor, mandate, token, session, replay, customer, customer_head, witness, testimony,
    source_document, hearing, definition, element, assignment, withdrawn, unattached, identifier, last_words, knowledge, term,
    address_range, relation, divergence, notice, idempotency to ${app};
grant update on instance_setting, ops_team, actor, mandate, token, session, customer, customer_head, witness, hearing,
    definition, element, assignment, unattached, identifier, last_words, knowledge, term, address_range, relation, divergence
    to ${app};
grant delete on instance_setting, session, replay, definition, element, assignment, withdrawn, unattached, identifier, last_words,
    knowledge, term, address_range, relation, divergence, idempotency to ${app};
