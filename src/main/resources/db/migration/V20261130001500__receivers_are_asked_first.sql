-- When the receiver of a subscription was asked whether it agrees; null where that has yet to be sent, or nobody has to be
-- asked. Whoever has not agreed is sent nothing else.

set local lock_timeout = '5s';

alter table subscription add column asked_at timestamptz;
