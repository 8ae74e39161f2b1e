-- Levels of administration in order.

CREATE MACRO level_rank(of_level) AS
    list_position(['trung ương', 'tỉnh', 'huyện', 'xã', 'đơn vị sự nghiệp'], of_level);
COMMENT ON MACRO level_rank IS 'Order of the levels: 1 trung ương … 5 đơn vị sự nghiệp; NULL where the level is unknown.';
