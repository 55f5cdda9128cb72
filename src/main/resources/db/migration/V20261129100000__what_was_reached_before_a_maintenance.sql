-- How far an element has come, whatever maintenance is open: its reception goes on while it is worked on. A rebuild fills it.
set local lock_timeout = '5s';

alter table knowledge add column reached text;
