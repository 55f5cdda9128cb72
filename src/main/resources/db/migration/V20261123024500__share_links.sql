-- An address that shows one project to whoever holds it. Like a token it stands outside of the record and only its hash is
-- kept; it reaches what the token that made it reaches, for as long as that one does. A project and a proposal are named
-- without a foreign key: a rebuild makes them anew.

set local lock_timeout = '5s';

create table share_link (
    customer_id uuid not null references customer,
    link_id uuid not null,
    hash bytea not null,
    hint text not null,
    kind text not null check (kind in ('read', 'approve')),
    project_id uuid not null,
    proposal_id uuid,
    label text not null,
    minted_by uuid not null,
    token_id uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    spent_at timestamptz,
    last_used_at timestamptz,
    uses bigint not null default 0,
    primary key (customer_id, link_id),
    unique (customer_id, hash),
    check ((kind = 'approve') = (proposal_id is not null))
);

alter table share_link enable row level security;
alter table share_link force row level security;
create policy sealed on share_link
    using (position(customer_id::text in current_setting('app.customers', true)) > 0)
    with check (position(customer_id::text in current_setting('app.customers', true)) > 0);
grant select, insert, update on share_link to ${app};
