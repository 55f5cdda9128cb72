-- A receiver that is away is left alone until that instant, whatever new there is to say to it.
alter table subscription add column asked_again_at timestamptz;
