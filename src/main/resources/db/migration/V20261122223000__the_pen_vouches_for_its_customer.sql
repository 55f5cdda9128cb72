-- A testimony names its witness of that customer, and a notice is written under the lock of the customer's head: a foreign
-- key to the customer, checked for each row, told nothing that these had not.

set local lock_timeout = '5s';

alter table testimony drop constraint testimony_customer_id_fkey;
alter table notice drop constraint notice_customer_id_fkey;
