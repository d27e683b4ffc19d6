-- +goose Up

-- A village's compiled list: many opinions on one paper, each of which became a slip of its own. content_key is the same
-- for the same opinions of a village for a dialogue, in whatever order and spelling: a list sent twice doubles nothing.
CREATE TABLE compiled_list (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid REFERENCES dialogue (id),
  village_id uuid NOT NULL REFERENCES village (id),
  received_at timestamptz NOT NULL,
  typed_by uuid NOT NULL REFERENCES officer (id),
  told integer NOT NULL, -- how many opinions the village says there are
  made integer NOT NULL, -- how many there became
  differs text NOT NULL, -- why that is not what was told
  content_key bytea NOT NULL,
  UNIQUE (authority_id, content_key)
);
CREATE INDEX compiled_list_list ON compiled_list (authority_id, id);
CREATE INDEX compiled_list_village ON compiled_list (authority_id, village_id, id);

-- The points of a list in their order; those without an opinion were dropped, for a reason. point_key is the same for the
-- same words of a village for a dialogue.
CREATE TABLE compiled_point (
  list_id uuid NOT NULL REFERENCES compiled_list (id),
  ordinal integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid REFERENCES opinion (id),
  dropped text NOT NULL,
  point_key bytea NOT NULL,
  PRIMARY KEY (list_id, ordinal)
);
CREATE INDEX compiled_point_key ON compiled_point (authority_id, point_key) WHERE opinion_id IS NOT NULL;
CREATE INDEX compiled_point_opinion ON compiled_point (opinion_id) WHERE opinion_id IS NOT NULL;

-- What the list said, word for word: it may hold names.
CREATE TABLE compiled_original (
  list_id uuid PRIMARY KEY REFERENCES compiled_list (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  body text NOT NULL
);

-- The number printed on a paper slip, one slip a number and dialogue; a slip that is the same one, come by another
-- channel, bears the number without claiming it. scope is the dialogue, or empty.
CREATE TABLE slip_paper (
  slip_id uuid PRIMARY KEY REFERENCES slip (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  scope text NOT NULL,
  number text NOT NULL,
  number_key text NOT NULL,
  claims boolean NOT NULL
);
CREATE UNIQUE INDEX slip_paper_number ON slip_paper (authority_id, scope, number_key) WHERE claims;

-- The opinion that this one is, of a slip that came by another channel before: then it is in no list and no count.
ALTER TABLE opinion ADD COLUMN joined_to uuid REFERENCES opinion (id);
CREATE INDEX opinion_joined ON opinion (joined_to) WHERE joined_to IS NOT NULL;

-- Opinions of the same matter, which somebody put together: each keeps its number, its receipt, its answer. An opinion is
-- in one group at most.
CREATE TABLE opinion_group (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  group_id uuid NOT NULL,
  joined_at timestamptz NOT NULL,
  joined_by uuid NOT NULL REFERENCES officer (id)
);
CREATE INDEX opinion_group_members ON opinion_group (group_id, opinion_id);
