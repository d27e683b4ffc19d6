-- +goose Up
-- How much of what is known of the person of a slip has ended, and when.
ALTER TABLE slip ADD COLUMN erased text NOT NULL DEFAULT '';
ALTER TABLE slip ADD COLUMN erased_at timestamptz;
CREATE INDEX slip_retention ON slip (authority_id, erased, received_at, id);

-- House defaults, for authorities that are there already; new ones get them at the set-up.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'retention.contacts', 'retention',
    'Giữ họ tên, địa chỉ, cách liên hệ của người nêu sau khi việc kết thúc', '730', 'days', '2016-01-01', '', '',
    'unverified'
  FROM counter WHERE key = 'parameter';
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 2, 'retention.file', 'retention',
    'Giữ nội dung, câu trả lời và tệp trong hồ sơ sau khi việc kết thúc', '3650', 'days', '2016-01-01', '', '',
    'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 2 WHERE key = 'parameter';
