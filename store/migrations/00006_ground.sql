-- One text for SQLite and PostgreSQL. Types are PostgreSQL's; SQLite accepts the names. WITHOUT ROWID is SQLite's, for
-- tables of short rows that grow with every slip: the table is its own index (PostgreSQL does not get to see it). An
-- "integer PRIMARY KEY" is SQLite's own row number, of 64 bits; PostgreSQL gets a bigint.
-- +goose Up

CREATE TABLE authority (
  id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  demo boolean NOT NULL,
  offline boolean NOT NULL, -- the portal can't be reached from the Internet
  calendar_version text NOT NULL,
  version integer NOT NULL -- of what the office sets here
);

-- What an authority is called, from a day on: letterhead, superior, where it sits. Only ever added to.
CREATE TABLE authority_name (
  authority_id uuid NOT NULL REFERENCES authority (id),
  valid_from date NOT NULL,
  name text NOT NULL,
  full_name text NOT NULL,
  superior text NOT NULL,
  place text NOT NULL,
  prefix text NOT NULL,
  phone text NOT NULL,
  address text NOT NULL,
  hours text NOT NULL,
  reception text NOT NULL,
  basis text NOT NULL, -- the resolution or decision it rests on
  PRIMARY KEY (authority_id, valid_from)
);

-- Rules as dated data: each row with its source; an empty basis is a house default.
CREATE TABLE parameter (
  authority_id uuid NOT NULL REFERENCES authority (id),
  ordinal integer NOT NULL,
  key text NOT NULL,
  section text NOT NULL, -- of the work: notice, intake, …
  label text NOT NULL,
  value text NOT NULL,
  unit text NOT NULL,
  valid_from date,
  valid_to date,
  basis text NOT NULL,
  basis_key text NOT NULL,
  certainty text NOT NULL,
  PRIMARY KEY (authority_id, ordinal)
);

CREATE TABLE legal_basis (
  authority_id uuid NOT NULL REFERENCES authority (id),
  key text NOT NULL,
  body jsonb NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (authority_id, key)
);

CREATE TABLE field (
  authority_id uuid NOT NULL REFERENCES authority (id),
  code text NOT NULL,
  name text NOT NULL,
  conduct boolean NOT NULL,
  ordinal integer NOT NULL,
  PRIMARY KEY (authority_id, code)
);

CREATE TABLE unit (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  code text NOT NULL,
  name text NOT NULL,
  office boolean NOT NULL,
  contact text NOT NULL,
  phone text NOT NULL,
  ordinal integer NOT NULL,
  valid_from date NOT NULL,
  valid_to date, -- its last day
  successor_id uuid REFERENCES unit (id), -- has its work from then on
  version integer NOT NULL,
  UNIQUE (authority_id, code, valid_from)
);

CREATE TABLE village (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  name text NOT NULL,
  ordinal integer NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  successor_id uuid REFERENCES village (id),
  UNIQUE (authority_id, name, valid_from)
);

-- Agencies and units that are not the authority's own: where people are told to turn to.
CREATE TABLE outside_body (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  name text NOT NULL,
  handles text NOT NULL,
  address text NOT NULL,
  phone text NOT NULL,
  hours text NOT NULL,
  ordinal integer NOT NULL,
  UNIQUE (authority_id, name)
);

-- Administrative procedures under their national codes. unit_code is who handles it here, "" where that is not said.
CREATE TABLE procedure (
  authority_id uuid NOT NULL REFERENCES authority (id),
  code text NOT NULL,
  name text NOT NULL,
  field_code text NOT NULL,
  unit_code text NOT NULL,
  source text NOT NULL,
  certainty text NOT NULL,
  ordinal integer NOT NULL,
  PRIMARY KEY (authority_id, code)
);

CREATE TABLE officer (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  login text NOT NULL UNIQUE,
  name text NOT NULL,
  password text NOT NULL, -- argon2id
  active boolean NOT NULL
);

-- The posts that officers hold, from a day to a day: their roles come from here.
CREATE TABLE post (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  officer_id uuid NOT NULL REFERENCES officer (id),
  title text NOT NULL,
  unit_id uuid REFERENCES unit (id),
  village_id uuid REFERENCES village (id),
  roles text NOT NULL, -- separated by spaces
  from_day date, -- none: since ever
  to_day date, -- its last day; none: until further notice
  paper text NOT NULL,
  version integer NOT NULL,
  predecessor_id uuid REFERENCES post (id) -- the post from which it was taken over
);
CREATE INDEX post_officer ON post (officer_id);
CREATE INDEX post_unit ON post (authority_id, unit_id);

-- Roles that an officer lets another have for a time, by a paper.
CREATE TABLE delegation (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  giver_id uuid NOT NULL REFERENCES officer (id),
  receiver_id uuid NOT NULL REFERENCES officer (id),
  roles text NOT NULL, -- separated by spaces
  manner text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  number text NOT NULL,
  dated date NOT NULL,
  revoked_on date,
  version integer NOT NULL
);
CREATE INDEX delegation_receiver ON delegation (receiver_id);

-- Each version of the calendar as it stood: days off, days worked in exchange, office hours. A version never changes, so
-- that a due date is explained by the one by which it was reckoned; authority.calendar_version names the one in force.
CREATE TABLE calendar (
  authority_id uuid NOT NULL REFERENCES authority (id),
  version text NOT NULL,
  body jsonb NOT NULL,
  note text NOT NULL, -- why it was made
  made_at timestamptz NOT NULL,
  made_by uuid REFERENCES officer (id),
  PRIMARY KEY (authority_id, version)
);

CREATE TABLE sign_in (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES officer (id),
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  coded boolean NOT NULL, -- the second step is done, or was not asked for
  agent text NOT NULL,
  client text NOT NULL
);
CREATE INDEX sign_in_officer ON sign_in (officer_id);

-- How an account stands, beside its password. No row: nothing was ever done to it.
CREATE TABLE account (
  officer_id uuid PRIMARY KEY REFERENCES officer (id),
  given boolean NOT NULL, -- the password is one that somebody else gave: to be changed
  locked boolean NOT NULL, -- by an administrator
  secret bytea, -- of the second step
  secret_confirmed boolean NOT NULL, -- a code of it was shown: it is asked for from then on
  last_step bigint NOT NULL, -- time step of the last code that was taken: none is taken twice
  version integer NOT NULL
);

-- Codes for whoever has lost the telephone, each good for once.
CREATE TABLE recovery_code (
  officer_id uuid NOT NULL REFERENCES officer (id),
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (officer_id, code_hash)
);

-- Wrong tries in a row with a login, whether there is such a login or not. Forgotten after a day.
CREATE TABLE wrong_try (
  login_hash bytea PRIMARY KEY,
  tries integer NOT NULL,
  last_at timestamptz NOT NULL,
  shut_until timestamptz
);

-- The history of sign-ins.
CREATE TABLE sign_in_try (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  officer_id uuid NOT NULL REFERENCES officer (id),
  at timestamptz NOT NULL,
  outcome text NOT NULL,
  agent text NOT NULL,
  client text NOT NULL
);
CREATE INDEX sign_in_try_list ON sign_in_try (authority_id, id);
CREATE INDEX sign_in_try_officer ON sign_in_try (officer_id, id);

CREATE TABLE plan (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  slug text NOT NULL,
  year integer NOT NULL,
  body jsonb NOT NULL,
  issued_at timestamptz NOT NULL,
  UNIQUE (authority_id, slug)
);

CREATE TABLE dialogue (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  plan_id uuid REFERENCES plan (id),
  slug text NOT NULL,
  title text NOT NULL,
  starts_at timestamptz NOT NULL,
  doors_at timestamptz,
  slips_until timestamptz NOT NULL,
  venue text NOT NULL,
  chair text NOT NULL,
  announced_at timestamptz NOT NULL,
  version integer NOT NULL,
  UNIQUE (authority_id, slug)
);
CREATE INDEX dialogue_start ON dialogue (authority_id, starts_at);

CREATE TABLE programme_step (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  ordinal integer NOT NULL,
  title text NOT NULL,
  minutes integer NOT NULL,
  presenter text NOT NULL,
  PRIMARY KEY (dialogue_id, ordinal)
);

-- A slip as handed in. The receipt code is kept as a hash only; it comes from the form's key, and finds what was handed
-- in under it.
CREATE TABLE slip (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid REFERENCES dialogue (id),
  channel text NOT NULL,
  manner text NOT NULL,
  received_at timestamptz NOT NULL,
  typed_by uuid REFERENCES officer (id),
  read_back boolean NOT NULL,
  code_hash bytea NOT NULL UNIQUE,
  intake_body bytea NOT NULL -- hash of what was handed in, and of the form's key
) WITHOUT ROWID;

-- Personal data: read only by acts which log it.
CREATE TABLE petitioner (
  slip_id uuid PRIMARY KEY REFERENCES slip (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  standing text NOT NULL,
  name text NOT NULL,
  organisation text NOT NULL,
  households integer NOT NULL,
  village_id uuid REFERENCES village (id),
  address text NOT NULL,
  ways text NOT NULL, -- separated by spaces
  phone text NOT NULL,
  email text NOT NULL,
  post_address text NOT NULL
) WITHOUT ROWID;

CREATE TABLE opinion (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  slip_id uuid NOT NULL REFERENCES slip (id),
  dialogue_id uuid REFERENCES dialogue (id),
  number text NOT NULL,
  channel text NOT NULL,
  manner text NOT NULL,
  content text NOT NULL,
  field_code text NOT NULL,
  village_id uuid REFERENCES village (id),
  received_at timestamptz NOT NULL,
  out_of_scope boolean NOT NULL,
  ruling text NOT NULL,
  ruled_at timestamptz,
  petition_id uuid,
  version integer NOT NULL,
  -- What lists walk by. Each act keeps it from the rows that it follows from: slip, petition, publication, rating.
  typed_by uuid REFERENCES officer (id),
  stage text NOT NULL DEFAULT 'unruled',
  lead_unit_id uuid REFERENCES unit (id), -- of the petition that is not ended
  due date, -- while the clock of the answer runs
  on_time boolean NOT NULL DEFAULT false,
  solved boolean NOT NULL DEFAULT false, -- the person says so
  UNIQUE (authority_id, number)
);
CREATE INDEX opinion_slip ON opinion (slip_id);
CREATE INDEX opinion_dialogue ON opinion (dialogue_id, id) WHERE dialogue_id IS NOT NULL;
CREATE INDEX opinion_stage ON opinion (authority_id, stage, id);
CREATE INDEX opinion_lead ON opinion (authority_id, lead_unit_id, stage, id) WHERE lead_unit_id IS NOT NULL;
CREATE INDEX opinion_typed ON opinion (authority_id, typed_by, stage, id) WHERE typed_by IS NOT NULL;
CREATE INDEX opinion_due ON opinion (authority_id, stage, due, id) WHERE due IS NOT NULL;
CREATE INDEX opinion_lead_due ON opinion (authority_id, lead_unit_id, stage, due, id) WHERE due IS NOT NULL;

-- What was told at once with a ruling: the answer on the spot, where to go, the ground of refusal.
CREATE TABLE ruling_text (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  body text NOT NULL,
  answered_by text NOT NULL
);

CREATE TABLE petition (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL UNIQUE REFERENCES opinion (id),
  lead_unit_id uuid REFERENCES unit (id), -- none: on conduct, and the chair leads it
  state text NOT NULL,
  start_day date NOT NULL,
  term_n integer NOT NULL,
  term_unit text NOT NULL,
  due date NOT NULL,
  calendar_version text NOT NULL,
  calendar_kept text NOT NULL, -- the later version by which the due date was not moved, on purpose
  extended integer NOT NULL, -- how often
  answered_at timestamptz,
  version integer NOT NULL
);
CREATE INDEX petition_calendar ON petition (authority_id, calendar_version, due, id) WHERE state NOT IN ('answered', 'ended', 'paused');

CREATE TABLE answer (
  petition_id uuid PRIMARY KEY REFERENCES petition (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  body text NOT NULL,
  basis text NOT NULL,
  number text NOT NULL, -- of the document; empty before it is dispatched
  dated date,
  year integer, -- of that day: numbers begin anew each year
  signed_by text NOT NULL,
  signed_for text NOT NULL, -- "KT. CHỦ TỊCH"
  signed_at timestamptz
);
CREATE UNIQUE INDEX answer_number ON answer (authority_id, year, number) WHERE number <> '';

CREATE TABLE publication (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  title text NOT NULL,
  question text NOT NULL,
  answer text NOT NULL,
  state text NOT NULL,
  proposed_by uuid NOT NULL REFERENCES officer (id),
  approved_by uuid REFERENCES officer (id),
  published_at timestamptz,
  version integer NOT NULL
);
CREATE INDEX publication_proposed ON publication (proposed_by) WHERE state <> 'published';

-- What waits on an opinion for somebody else's decision, or waited last: an answer that was submitted, a summary that was
-- proposed.
CREATE TABLE handed_in (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  officer_id uuid NOT NULL REFERENCES officer (id),
  at timestamptz NOT NULL,
  read_at timestamptz -- when somebody first opened it who may decide
);
CREATE INDEX handed_in_officer ON handed_in (officer_id);

CREATE TABLE rating (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  solved text NOT NULL,
  satisfied integer NOT NULL,
  rated_at timestamptz NOT NULL
);

-- Of which officers an opinion on conduct is, each with each unit of the day on which they were named: those officers and
-- units are kept from it.
CREATE TABLE concerned (
  id uuid PRIMARY KEY,
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  officer_id uuid NOT NULL REFERENCES officer (id),
  unit_id uuid REFERENCES unit (id)
);
CREATE INDEX concerned_opinion ON concerned (opinion_id);
CREATE INDEX concerned_officer ON concerned (officer_id);
CREATE INDEX concerned_unit ON concerned (unit_id);

-- What the chair asked a named officer, and what the officer said to it.
CREATE TABLE explanation (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  officer_id uuid NOT NULL REFERENCES officer (id),
  question text NOT NULL,
  due date NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by uuid NOT NULL REFERENCES officer (id),
  answer text NOT NULL,
  given_at timestamptz,
  version integer NOT NULL
);
CREATE INDEX explanation_officer ON explanation (officer_id);
CREATE INDEX explanation_opinion ON explanation (opinion_id);

-- Who, when, what, from, to. Only ever added, each with its leaf in the public record.
CREATE TABLE event (
  leaf integer PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  at timestamptz NOT NULL,
  actor_id uuid REFERENCES officer (id),
  act text NOT NULL,
  facts jsonb NOT NULL
);
CREATE INDEX event_opinion ON event (opinion_id, leaf);
CREATE INDEX event_act ON event (authority_id, act, at, leaf);
CREATE INDEX event_actor ON event (authority_id, actor_id, act, at, leaf) WHERE actor_id IS NOT NULL;

-- Free text that belongs to an event: an answer as submitted, a reason, a public summary. Can be erased.
CREATE TABLE event_text (
  leaf integer PRIMARY KEY REFERENCES event (leaf),
  body text NOT NULL
);

-- The salts open a leaf; with them goes its meaning.
CREATE TABLE leaf_salt (
  leaf integer PRIMARY KEY,
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  salts bytea NOT NULL
);

-- Acts that concern no opinion: a rule changed, a unit renamed, an account locked. Only ever added. No personal data.
CREATE TABLE audit_entry (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  at timestamptz NOT NULL,
  actor_id uuid REFERENCES officer (id),
  act text NOT NULL,
  subject text NOT NULL,
  before text NOT NULL,
  after text NOT NULL
);
CREATE INDEX audit_entry_list ON audit_entry (authority_id, id);
CREATE INDEX audit_entry_act ON audit_entry (authority_id, act, id);

CREATE TABLE draft (
  officer_id uuid NOT NULL REFERENCES officer (id),
  form text NOT NULL,
  subject text NOT NULL,
  body jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (officer_id, form, subject)
);

-- The outbox.
CREATE TABLE delivery (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  slip_id uuid NOT NULL REFERENCES slip (id),
  opinion_id uuid REFERENCES opinion (id),
  kind text NOT NULL,
  way text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL,
  next_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  sent_by uuid REFERENCES officer (id),
  version integer NOT NULL
) WITHOUT ROWID;
CREATE INDEX delivery_work ON delivery (state, way, next_at);
CREATE INDEX delivery_slip ON delivery (slip_id);
CREATE INDEX delivery_hand ON delivery (authority_id, id) WHERE kind <> 'received' AND (way <> 'email' AND state = 'queued' OR state = 'failed');

CREATE TABLE counter (
  authority_id uuid NOT NULL REFERENCES authority (id),
  key text NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (authority_id, key)
);

CREATE TABLE job_run (
  job text NOT NULL,
  day date NOT NULL,
  done_at timestamptz NOT NULL,
  PRIMARY KEY (job, day)
);

-- The public record. The tree's right edge lives in one row; interior hashes of levels 8, 16, … in tree_hash.
CREATE TABLE tree (
  id integer PRIMARY KEY,
  origin text NOT NULL,
  size bigint NOT NULL,
  edge bytea NOT NULL
);

CREATE TABLE leaf (
  n integer PRIMARY KEY,
  body bytea NOT NULL,
  hash bytea NOT NULL
);

CREATE TABLE tree_hash (
  level integer NOT NULL,
  n bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (level, n)
);

CREATE TABLE checkpoint (
  id integer PRIMARY KEY,
  size bigint NOT NULL,
  note text NOT NULL,
  signed_at timestamptz NOT NULL
);

-- Which node signs the public record, and until when it may without saying so anew.
CREATE TABLE record_signer (
  id integer PRIMARY KEY,
  node_id uuid NOT NULL,
  held_until timestamptz NOT NULL
);

-- A record restored below a published size goes on under another origin; this leaf says so.
CREATE TABLE tree_restart (
  leaf integer PRIMARY KEY REFERENCES leaf (n),
  old_origin text NOT NULL,
  published bigint NOT NULL,
  at timestamptz NOT NULL,
  salts bytea NOT NULL
);
