"""What the SQL of a data check may contain: everything else is refused."""

FUNCTIONS = {
    "operators": "+ - * / // % ** ^ & | ~ || @ ~~ !~~ ~~* !~~* ~~~ ^@",
    "numbers": (
        "abs acos asin atan atan2 cbrt ceil ceiling cos degrees even exp fdiv floor fmod gcd greatest isfinite"
        " isinf isnan lcm least ln log log10 log2 mod nextafter pi pow power radians round round_even sign sin"
        " sqrt tan trunc add subtract multiply divide xor"
    ),
    "texts": (
        "ascii chr concat concat_ws contains ends_with instr jaccard jaro_similarity jaro_winkler_similarity"
        " lcase left len length levenshtein lower ltrim nfc_normalize ord position prefix regexp_extract"
        " regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array replace reverse"
        " right rtrim split split_part starts_with str_split str_split_regex string_split string_split_regex"
        " string_to_array strip_accents strlen strpos substr substring suffix translate trim ucase unicode upper"
    ),
    "dates": (
        "age date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname"
        " dayofmonth dayofweek dayofyear days_in_month epoch epoch_ms hour isodow isoyear julian last_day"
        " make_date make_time make_timestamp minute month monthname quarter second strftime strptime time_bucket"
        " to_days to_hours to_minutes to_months to_quarters to_seconds to_weeks to_years try_strptime week weekday"
        " weekofyear year yearweek"
    ),
    "choices": "coalesce if ifnull nullif constant_or_null",
    "lists": (
        "aggregate apply array_aggregate array_append array_apply array_cat array_concat array_contains"
        " array_distinct array_extract array_filter array_has array_has_all array_has_any array_indexof"
        " array_intersect array_length array_position array_prepend array_reverse array_reverse_sort array_slice"
        " array_sort array_to_string array_transform array_unique array_value array_where array_zip cardinality"
        " element_at filter flatten generate_series list_aggr list_aggregate list_any_value list_append list_apply"
        " list_avg list_bool_and list_bool_or list_cat list_concat list_contains list_count list_distinct"
        " list_element list_extract list_filter list_first list_has list_has_all list_has_any list_indexof"
        " list_intersect list_last list_max list_median list_min list_pack list_position list_prepend list_reduce"
        " list_reverse list_reverse_sort list_select list_slice list_sort list_string_agg list_sum list_transform"
        " list_unique list_value list_where list_zip map map_contains map_entries map_extract map_extract_value"
        " map_from_entries map_keys map_values range row struct_extract struct_extract_at struct_insert"
        " struct_pack struct_values unnest"
    ),
    "aggregates": (
        "any_value approx_count_distinct arbitrary arg_max arg_max_null arg_min arg_min_null argmax argmin"
        " array_agg avg bit_or bool_and bool_or corr count count_if count_star countif first fsum group_concat"
        " histogram last list listagg mad max max_by mean median min min_by mode product quantile quantile_cont"
        " quantile_disc stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance weighted_avg"
    ),
    "windows": (
        "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number"
    ),
}
"""The functions that may be called, by what they are for."""
ALLOWED = frozenset(name for names in FUNCTIONS.values() for name in names.split())
BOUNDED = {"lpad": 1, "rpad": 1, "repeat": 1}
"""Functions that may make texts of at most ``LONGEST`` characters: which argument, from 0, says how long."""
LONGEST = 1000
TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})

NODES = frozenset({
    "SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE",
    "EMPTY", "EMPTY_FROM", "BASE_TABLE", "JOIN", "SUBQUERY", "TABLE_FUNCTION", "EXPRESSION_LIST",
    "ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER",
    "ORDER_DEFAULT", "ASCENDING", "DESCENDING",
})  # fmt: skip
"""The parts of a query that are no expressions."""
EXPRESSIONS = frozenset({
    "CONSTANT", "COLUMN_REF", "FUNCTION", "WINDOW", "OPERATOR", "COMPARISON", "CONJUNCTION", "CASE", "CAST", "BETWEEN",
    "SUBQUERY", "LAMBDA", "LAMBDA_REF", "STAR", "PARAMETER", "TYPE",
})  # fmt: skip
CLOCKS = frozenset({
    "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "now", "today",
    "get_current_time", "get_current_timestamp", "transaction_timestamp",
})  # fmt: skip
"""What says another thing every day: checks ask ``campaign.today``."""
SAYS_WHO = frozenset({
    "user", "current_user", "session_user", "current_role", "current_schema", "current_catalog", "current_database",
    "current_query",
})  # fmt: skip
"""What looks like a column, and says something of the machine."""
