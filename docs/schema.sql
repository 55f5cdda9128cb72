-- The schema as PostgreSQL holds it, written by SchemaTest (-Dschema.write) and compared by it.
-- What makes it are the migrations under src/main/resources/db/migration.

create table actor (
    actor_id uuid not null,
    role text not null,
    name text not null,
    email text,
    ops_team_id uuid,
    customer_id uuid,
    created_at timestamp with time zone not null,
    ended_at timestamp with time zone
);
alter table actor add CHECK (((role <> 'ops'::text) OR (ops_team_id IS NOT NULL)));
alter table actor add CHECK (((role <> ALL (ARRAY['cio'::text, 'member'::text])) OR (customer_id IS NOT NULL)));
alter table actor add CHECK ((role = ANY (ARRAY['operator'::text, 'ops'::text, 'cio'::text, 'member'::text, 'robot'::text])));
alter table actor add FOREIGN KEY (ops_team_id) REFERENCES ops_team(ops_team_id);
alter table actor add PRIMARY KEY (actor_id);
CREATE INDEX actor_of_customer ON public.actor USING btree (customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX actor_of_team ON public.actor USING btree (ops_team_id) WHERE (ops_team_id IS NOT NULL);
grant insert, select, update on actor to the program;

create table address_range (
    customer_id uuid not null,
    element_id uuid not null,
    first inet not null,
    last inet not null,
    attribute text not null
);
alter table address_range add FOREIGN KEY (customer_id, element_id) REFERENCES element(customer_id, element_id);
alter table address_range add PRIMARY KEY (customer_id, element_id, attribute, first, last);
CREATE INDEX address_range_bounds ON public.address_range USING btree (customer_id, attribute, first, last);
grant delete, insert, select, update on address_range to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table assignment (
    customer_id uuid not null,
    seq bigint not null,
    element_id uuid not null,
    witnessed_at timestamp with time zone not null
);
alter table assignment add PRIMARY KEY (customer_id, seq);
CREATE INDEX assignment_history ON public.assignment USING btree (customer_id, element_id, witnessed_at DESC, seq DESC);
grant delete, insert, select, update on assignment to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table attempt (
    customer_id uuid not null,
    message_id uuid not null,
    attempt integer not null,
    subscription_id uuid not null,
    at timestamp with time zone not null,
    duration_ms integer not null,
    outcome text not null,
    code integer,
    told text not null,
    request text not null
);
alter table attempt add CHECK ((outcome = ANY (ARRAY['delivered'::text, 'away'::text, 'refused'::text, 'gone'::text])));
alter table attempt add PRIMARY KEY (customer_id, message_id, attempt);
grant insert, select, update on attempt to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table belonging (
    customer_id uuid not null,
    element_id uuid not null,
    infrastructure text not null,
    since timestamp with time zone not null,
    until timestamp with time zone
);
alter table belonging add PRIMARY KEY (customer_id, element_id, infrastructure, since);
CREATE INDEX belonging_members ON public.belonging USING btree (customer_id, infrastructure, element_id);
grant delete, insert, select, update on belonging to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table customer (
    customer_id uuid not null,
    slug text not null,
    name text not null,
    created_at timestamp with time zone not null
);
alter table customer add PRIMARY KEY (customer_id);
grant insert, select, update on customer to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table customer_head (
    customer_id uuid not null,
    seq bigint not null default 0,
    no bigint not null default 0,
    version bigint not null default 0,
    definitions bigint not null default 0,
    chain bytea not null,
    recorded_at timestamp with time zone not null
);
alter table customer_head add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table customer_head add PRIMARY KEY (customer_id);
grant insert, select, update on customer_head to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table deadline_told (
    customer_id uuid not null,
    subject text not null,
    day text not null,
    threshold integer not null,
    told_at timestamp with time zone not null
);
alter table deadline_told add PRIMARY KEY (customer_id, subject, day, threshold);
grant insert, select on deadline_told to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table definition (
    customer_id uuid not null,
    sort text not null,
    name text not null,
    id uuid not null,
    body json not null,
    seq bigint not null
);
alter table definition add CHECK ((sort = ANY (ARRAY['element-type'::text, 'attribute'::text, 'infrastructure'::text, 'provider'::text])));
alter table definition add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table definition add PRIMARY KEY (customer_id, sort, name);
alter table definition add UNIQUE (customer_id, id);
grant delete, insert, select, update on definition to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table dispatch (
    customer_id uuid not null,
    dispatch_id uuid not null,
    subscription_id uuid not null,
    no bigint not null,
    elements uuid[] not null,
    state text not null,
    due_at timestamp with time zone not null,
    message_id uuid,
    attempts integer not null default 0,
    created_at timestamp with time zone not null,
    settled_at timestamp with time zone
);
alter table dispatch add CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'delivered'::text, 'kept'::text, 'read'::text, 'parked'::text, 'withheld'::text, 'lapsed'::text])));
alter table dispatch add FOREIGN KEY (customer_id, subscription_id) REFERENCES subscription(customer_id, subscription_id);
alter table dispatch add PRIMARY KEY (customer_id, dispatch_id);
alter table dispatch add UNIQUE (customer_id, subscription_id, no);
CREATE INDEX dispatch_of_message ON public.dispatch USING btree (customer_id, message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX dispatch_open ON public.dispatch USING btree (customer_id, subscription_id, no) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
grant insert, select, update on dispatch to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table divergence (
    customer_id uuid not null,
    divergence_id uuid not null,
    element_id uuid not null,
    attribute text not null,
    between text not null,
    nature text not null,
    state text not null,
    opened_seq bigint not null,
    opened_at timestamp with time zone not null,
    resolved_seq bigint,
    resolved_at timestamp with time zone,
    body json not null,
    accepted_until timestamp with time zone,
    reason text,
    decided_by uuid,
    decided_seq bigint
);
alter table divergence add CHECK ((state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'accepted'::text, 'resolved'::text])));
alter table divergence add FOREIGN KEY (customer_id, element_id) REFERENCES element(customer_id, element_id);
alter table divergence add PRIMARY KEY (customer_id, divergence_id);
CREATE INDEX divergence_inbox ON public.divergence USING btree (customer_id, state, opened_at DESC, divergence_id);
CREATE UNIQUE INDEX divergence_living ON public.divergence USING btree (customer_id, element_id, attribute, "between") WHERE (state <> 'resolved'::text);
grant delete, insert, select, update on divergence to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table element (
    customer_id uuid not null,
    element_id uuid not null,
    name text not null,
    type text not null,
    created_seq bigint not null,
    closed_at timestamp with time zone,
    merged_into uuid
);
alter table element add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table element add FOREIGN KEY (customer_id, merged_into) REFERENCES element(customer_id, element_id) DEFERRABLE INITIALLY DEFERRED;
alter table element add PRIMARY KEY (customer_id, element_id);
CREATE INDEX element_merged_into ON public.element USING btree (customer_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX element_merged_name ON public.element USING btree (customer_id, name) WHERE (merged_into IS NOT NULL);
CREATE INDEX element_name ON public.element USING btree (customer_id, name);
CREATE UNIQUE INDEX element_living_name ON public.element USING btree (customer_id, name) WHERE (closed_at IS NULL);
grant delete, insert, select, update on element to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table errand (
    customer_id uuid not null,
    sort text not null,
    errand_id uuid not null,
    due_at timestamp with time zone not null,
    lease uuid,
    leased_until timestamp with time zone
);
alter table errand add PRIMARY KEY (customer_id, sort, errand_id);
CREATE INDEX errand_due ON public.errand USING btree (due_at);
CREATE INDEX errand_leased ON public.errand USING btree (leased_until) WHERE (leased_until IS NOT NULL);
grant delete, insert, select, update on errand to the program;

create table fan_out (
    customer_id uuid not null,
    no bigint not null
);
alter table fan_out add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table fan_out add PRIMARY KEY (customer_id);
grant insert, select, update on fan_out to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table hearing (
    customer_id uuid not null,
    seq bigint not null,
    element_id uuid not null,
    first_at timestamp with time zone not null,
    last_at timestamp with time zone not null,
    heard_at timestamp with time zone not null,
    heard integer not null,
    sealed integer not null default 1,
    ended boolean not null default false
);
alter table hearing add FOREIGN KEY (customer_id, seq) REFERENCES testimony(customer_id, seq);
alter table hearing add PRIMARY KEY (customer_id, seq);
CREATE INDEX hearing_running ON public.hearing USING btree (customer_id, element_id) WHERE (NOT ended);
grant insert, select, update on hearing to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table idempotency (
    customer_id uuid not null,
    actor_id uuid not null,
    key text not null,
    request_hash bytea not null,
    status integer not null,
    response bytea not null,
    created_at timestamp with time zone not null
);
alter table idempotency add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table idempotency add PRIMARY KEY (customer_id, actor_id, key);
CREATE INDEX idempotency_age ON public.idempotency USING btree (customer_id, created_at);
grant delete, insert, select on idempotency to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table identifier (
    customer_id uuid not null,
    kind text not null,
    value text not null,
    element_id uuid not null,
    since timestamp with time zone not null,
    until timestamp with time zone,
    address inet default 
CASE
    WHEN (kind = 'address'::text) THEN (value)::inet
    ELSE NULL::inet
END
);
alter table identifier add FOREIGN KEY (customer_id, element_id) REFERENCES element(customer_id, element_id);
alter table identifier add PRIMARY KEY (customer_id, kind, value, element_id, since);
CREATE INDEX identifier_held ON public.identifier USING btree (customer_id, address, element_id) WHERE ((until IS NULL) AND (address IS NOT NULL));
CREATE INDEX identifier_of ON public.identifier USING btree (customer_id, element_id) WHERE (until IS NULL);
grant delete, insert, select, update on identifier to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table infrastructure_entry (
    customer_id uuid not null,
    seq bigint not null,
    infrastructure text not null,
    witnessed_at timestamp with time zone not null
);
alter table infrastructure_entry add PRIMARY KEY (customer_id, seq);
CREATE INDEX infrastructure_history ON public.infrastructure_entry USING btree (customer_id, infrastructure, witnessed_at DESC, seq DESC);
grant delete, insert, select, update on infrastructure_entry to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table instance_setting (
    name text not null,
    value text not null
);
alter table instance_setting add PRIMARY KEY (name);
grant delete, insert, select, update on instance_setting to the program;

create table knowledge (
    customer_id uuid not null,
    element_id uuid not null,
    name text not null,
    type text not null,
    status text not null,
    infrastructure text,
    project text,
    provider text,
    site text,
    tags text[] not null,
    divergences integer not null,
    seq bigint not null,
    doc bytea not null,
    delivery text,
    reached text
);
alter table knowledge add CHECK ((delivery = ANY (ARRAY['open'::text, 'postponed'::text, 'accepted'::text, 'reserved'::text, 'refused'::text])));
alter table knowledge add FOREIGN KEY (customer_id, element_id) REFERENCES element(customer_id, element_id);
alter table knowledge add PRIMARY KEY (customer_id, element_id);
CREATE INDEX knowledge_delivery ON public.knowledge USING btree (customer_id, delivery, name, element_id) WHERE (delivery IS NOT NULL);
CREATE INDEX knowledge_diverging ON public.knowledge USING btree (customer_id, name, element_id) WHERE (divergences > 0);
CREATE INDEX knowledge_infrastructure ON public.knowledge USING btree (customer_id, infrastructure, name, element_id);
CREATE INDEX knowledge_list ON public.knowledge USING btree (customer_id, name, element_id);
CREATE INDEX knowledge_project ON public.knowledge USING btree (customer_id, project, name, element_id) WHERE (project IS NOT NULL);
grant delete, insert, select, update on knowledge to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table last_words (
    customer_id uuid not null,
    element_id uuid not null,
    stance text not null,
    witness_id uuid not null,
    source text not null,
    seq bigint not null,
    id uuid not null,
    digest bytea not null,
    said_at timestamp with time zone not null,
    recorded_at timestamp with time zone not null,
    stale_after interval,
    late_after interval,
    due_at timestamp with time zone
);
alter table last_words add FOREIGN KEY (customer_id, element_id) REFERENCES element(customer_id, element_id);
alter table last_words add PRIMARY KEY (customer_id, element_id, stance, witness_id, source);
CREATE INDEX last_words_due ON public.last_words USING btree (customer_id, due_at) WHERE (due_at IS NOT NULL);
grant delete, insert, select, update on last_words to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table mandate (
    mandate_id uuid not null,
    customer_id uuid not null,
    ops_team_id uuid not null,
    state text not null,
    infrastructures text[],
    from_at timestamp with time zone not null,
    until_at timestamp with time zone,
    from_seq bigint,
    until_seq bigint,
    confirmed_at timestamp with time zone,
    created_at timestamp with time zone not null
);
alter table mandate add CHECK ((state = ANY (ARRAY['proposed'::text, 'active'::text, 'declined'::text, 'ended'::text])));
alter table mandate add FOREIGN KEY (ops_team_id) REFERENCES ops_team(ops_team_id);
alter table mandate add PRIMARY KEY (mandate_id);
CREATE INDEX mandate_of_customer ON public.mandate USING btree (customer_id, state);
CREATE INDEX mandate_of_team ON public.mandate USING btree (ops_team_id, state);
CREATE UNIQUE INDEX mandate_living ON public.mandate USING btree (customer_id, ops_team_id) WHERE (state = ANY (ARRAY['proposed'::text, 'active'::text]));
grant insert, select, update on mandate to the program;

create table notice (
    customer_id uuid not null,
    no bigint not null,
    type text not null,
    severity text not null,
    element_id uuid,
    seq bigint not null,
    body json not null,
    created_at timestamp with time zone not null
);
alter table notice add PRIMARY KEY (customer_id, no);
CREATE INDEX notice_of_element ON public.notice USING btree (customer_id, element_id, no) WHERE (type = ANY (ARRAY['monitoring.state-changed'::text, 'element.status-changed'::text, 'knowledge.refreshed'::text, 'incident.resolved'::text]));
grant insert, select on notice to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table ops_team (
    ops_team_id uuid not null,
    slug text not null,
    name text not null,
    created_at timestamp with time zone not null
);
alter table ops_team add PRIMARY KEY (ops_team_id);
alter table ops_team add UNIQUE (slug);
grant insert, select, update on ops_team to the program;

create table orders (
    customer_id uuid not null,
    order_id uuid not null,
    number text not null,
    provider text,
    ordered_on date,
    promised_on date,
    expires_on date,
    notice_until date,
    cancelled_on date,
    changed_at timestamp with time zone not null,
    seq bigint not null,
    story json not null
);
alter table orders add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table orders add PRIMARY KEY (customer_id, order_id);
alter table orders add UNIQUE (customer_id, number);
CREATE INDEX orders_news ON public.orders USING btree (customer_id, changed_at DESC, order_id);
grant delete, insert, select, update on orders to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table project (
    customer_id uuid not null,
    project_id uuid not null,
    name text not null,
    title text not null,
    infrastructure text,
    state text not null,
    turn text not null,
    requested_at timestamp with time zone not null,
    changed_at timestamp with time zone not null,
    seq bigint not null,
    story json not null
);
alter table project add CHECK ((state = ANY (ARRAY['requested'::text, 'proposed'::text, 'approved'::text, 'refused'::text, 'cancelled'::text])));
alter table project add CHECK ((turn = ANY (ARRAY['ops'::text, 'customer'::text, 'nobody'::text])));
alter table project add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table project add PRIMARY KEY (customer_id, project_id);
alter table project add UNIQUE (customer_id, name);
CREATE INDEX project_news ON public.project USING btree (customer_id, changed_at DESC, project_id);
grant delete, insert, select, update on project to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table relation (
    customer_id uuid not null,
    element_id uuid not null,
    attribute text not null,
    told text not null,
    target_id uuid
);
alter table relation add FOREIGN KEY (customer_id, element_id) REFERENCES element(customer_id, element_id);
alter table relation add FOREIGN KEY (customer_id, target_id) REFERENCES element(customer_id, element_id);
alter table relation add PRIMARY KEY (customer_id, element_id, attribute, told);
CREATE INDEX relation_target ON public.relation USING btree (customer_id, target_id) WHERE (target_id IS NOT NULL);
CREATE INDEX relation_unresolved ON public.relation USING btree (customer_id, told) WHERE (target_id IS NULL);
grant delete, insert, select, update on relation to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table replay (
    token_id uuid not null,
    key text not null,
    customer_id uuid,
    request_hash bytea not null,
    status integer not null,
    answer bytea not null,
    created_at timestamp with time zone not null
);
alter table replay add FOREIGN KEY (token_id) REFERENCES token(token_id);
alter table replay add PRIMARY KEY (token_id, key);
grant delete, insert, select on replay to the program;

create table session (
    hash bytea not null,
    token_id uuid not null,
    created_at timestamp with time zone not null,
    last_seen_at timestamp with time zone not null
);
alter table session add FOREIGN KEY (token_id) REFERENCES token(token_id);
alter table session add PRIMARY KEY (hash);
grant delete, insert, select, update on session to the program;

create table share_link (
    customer_id uuid not null,
    link_id uuid not null,
    hash bytea not null,
    hint text not null,
    kind text not null,
    project_id uuid not null,
    proposal_id uuid,
    label text not null,
    minted_by uuid not null,
    token_id uuid not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    revoked_at timestamp with time zone,
    spent_at timestamp with time zone,
    last_used_at timestamp with time zone,
    uses bigint not null default 0
);
alter table share_link add CHECK (((kind = 'approve'::text) = (proposal_id IS NOT NULL)));
alter table share_link add CHECK ((kind = ANY (ARRAY['read'::text, 'approve'::text])));
alter table share_link add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table share_link add PRIMARY KEY (customer_id, link_id);
alter table share_link add UNIQUE (customer_id, hash);
grant insert, select, update on share_link to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table silence (
    customer_id uuid not null,
    element_id uuid not null,
    stance text not null,
    witness_id uuid not null,
    source text not null,
    told text not null
);
alter table silence add CHECK ((told = ANY (ARRAY['late'::text, 'stale'::text])));
alter table silence add PRIMARY KEY (customer_id, element_id, stance, witness_id, source);
grant delete, insert, select, update on silence to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table source_document (
    customer_id uuid not null,
    seq bigint not null,
    bytes bytea not null,
    salt bytea not null
);
alter table source_document add FOREIGN KEY (customer_id, seq) REFERENCES testimony(customer_id, seq);
alter table source_document add PRIMARY KEY (customer_id, seq);
grant insert, select on source_document to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table subject_entry (
    customer_id uuid not null,
    subject_id uuid not null,
    seq bigint not null,
    sort text not null
);
alter table subject_entry add CHECK ((sort = ANY (ARRAY['project'::text, 'order'::text])));
alter table subject_entry add PRIMARY KEY (customer_id, subject_id, seq);
alter table subject_entry add UNIQUE (customer_id, seq);
grant delete, insert, select on subject_entry to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table subscription (
    customer_id uuid not null,
    subscription_id uuid not null,
    actor_id uuid not null,
    token_id uuid,
    usual text,
    label text not null,
    infrastructures text[],
    elements text[],
    channel text not null,
    settings json not null,
    sealed bytea,
    secret_hash bytea,
    notices text[] not null,
    filter json not null,
    conditions json not null,
    schedule json not null,
    language text not null,
    state text not null,
    from_no bigint not null,
    failures integer not null default 0,
    failing_since timestamp with time zone,
    version bigint not null default 0,
    created_at timestamp with time zone not null,
    asked_at timestamp with time zone,
    asked_again_at timestamp with time zone
);
alter table subscription add CHECK ((language = ANY (ARRAY['en'::text, 'fr'::text])));
alter table subscription add CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'unconfirmed'::text, 'disabled'::text, 'ended'::text])));
alter table subscription add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table subscription add PRIMARY KEY (customer_id, subscription_id);
CREATE UNIQUE INDEX subscription_secret ON public.subscription USING btree (customer_id, secret_hash) WHERE (secret_hash IS NOT NULL);
CREATE UNIQUE INDEX subscription_usual ON public.subscription USING btree (customer_id, actor_id, usual) WHERE (usual IS NOT NULL);
grant insert, select, update on subscription to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table term (
    customer_id uuid not null,
    element_id uuid not null,
    attribute text not null,
    text text not null,
    number double precision
);
alter table term add PRIMARY KEY (customer_id, element_id, attribute, text);
CREATE INDEX term_number ON public.term USING btree (customer_id, attribute, number, element_id) WHERE (number IS NOT NULL);
CREATE INDEX term_text ON public.term USING btree (customer_id, text text_pattern_ops, attribute, element_id) WHERE (number IS NULL);
grant delete, insert, select, update on term to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table testimony (
    customer_id uuid not null,
    seq bigint not null,
    id uuid not null,
    kind text not null,
    witness_id uuid not null,
    source text not null,
    witnessed_at timestamp with time zone not null,
    recorded_at timestamp with time zone not null,
    header bytea not null,
    header_salt bytea not null,
    facts bytea,
    facts_salt bytea,
    note bytea,
    note_salt bytea,
    document_leaf bytea,
    chain bytea not null
);
alter table testimony add FOREIGN KEY (customer_id, witness_id) REFERENCES witness(customer_id, actor_id);
alter table testimony add PRIMARY KEY (customer_id, seq);
alter table testimony add UNIQUE (customer_id, id);
CREATE INDEX testimony_of_witness ON public.testimony USING btree (customer_id, witness_id, seq DESC);
grant insert, select on testimony to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table token (
    token_id uuid not null,
    actor_id uuid not null,
    label text not null,
    hash bytea not null,
    hint text not null,
    scopes text[] not null,
    customers uuid[],
    infrastructures text[],
    elements text[],
    ops_team_id uuid,
    minted_by uuid,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    expiry_told_at timestamp with time zone
);
alter table token add FOREIGN KEY (actor_id) REFERENCES actor(actor_id);
alter table token add FOREIGN KEY (minted_by) REFERENCES actor(actor_id);
alter table token add FOREIGN KEY (ops_team_id) REFERENCES ops_team(ops_team_id);
alter table token add PRIMARY KEY (token_id);
alter table token add UNIQUE (hash);
CREATE INDEX token_of_actor ON public.token USING btree (actor_id);
CREATE INDEX token_of_team ON public.token USING btree (ops_team_id) WHERE (ops_team_id IS NOT NULL);
grant insert, select, update on token to the program;

create table unattached (
    customer_id uuid not null,
    seq bigint not null,
    reason text not null,
    told text not null,
    candidates uuid[] not null,
    attached_seq bigint
);
alter table unattached add CHECK ((reason = ANY (ARRAY['unknown'::text, 'ambiguous'::text])));
alter table unattached add FOREIGN KEY (customer_id, seq) REFERENCES testimony(customer_id, seq);
alter table unattached add PRIMARY KEY (customer_id, seq);
CREATE INDEX unattached_waiting ON public.unattached USING btree (customer_id, seq DESC) WHERE (attached_seq IS NULL);
grant delete, insert, select, update on unattached to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table upkeep (
    customer_id uuid not null,
    infrastructure text not null,
    doc bytea not null
);
alter table upkeep add PRIMARY KEY (customer_id, infrastructure);
grant delete, insert, select, update on upkeep to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table withdrawn (
    customer_id uuid not null,
    seq bigint not null,
    by_seq bigint not null,
    by_at timestamp with time zone not null
);
alter table withdrawn add FOREIGN KEY (customer_id, seq) REFERENCES testimony(customer_id, seq);
alter table withdrawn add PRIMARY KEY (customer_id, seq);
grant delete, insert, select on withdrawn to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);

create table witness (
    customer_id uuid not null,
    actor_id uuid not null,
    role text not null,
    name text not null,
    first_at timestamp with time zone not null
);
alter table witness add FOREIGN KEY (customer_id) REFERENCES customer(customer_id);
alter table witness add PRIMARY KEY (customer_id, actor_id);
grant insert, select, update on witness to the program;
create policy sealed using (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0) with check (POSITION(((customer_id)::text) IN (current_setting('app.customers'::text, true))) > 0);
