using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>Each row of the table of limits in SECURITY.md has a test that shows what happens beyond the limit.</summary>
public sealed partial class LimitTableTests
{
    /// <summary>The input of each row, and the tests: class and method.</summary>
    private static readonly (string Input, string[] Tests)[] Rows =
    [
        ("a file that is read whole", ["InputFileTests.A_file_over_the_limit_is_refused"]),
        ("nesting of JSON, of YAML (functions, anchors counted where they are used)",
            ["JsonTreeReaderLimitTests.Deeper_nesting_is_one_problem_where_the_limit_is_passed", "YamlLimitTests.DeepNestingIsRefused",
            "YamlLimitTests.DeepBlocksAreRefused", "YamlLimitTests.NestingThroughAnchorsIsRefused"]),
        ("YAML: characters", ["YamlLimitTests.LongFileIsRefused"]),
        ("YAML: values, those of anchors counted where they are used; characters of the JSON it becomes",
            ["YamlLimitTests.AnchorsThatMultiplyAreRefused", "YamlLimitTests.LongTextUsedOftenIsRefused"]),
        ("YAML: an anchor inside its own value", ["YamlLimitTests.AnchorThatHoldsItselfIsRefused"]),
        ("messages about one JSON text", ["JsonTreeReaderLimitTests.Problems_beyond_the_limit_are_counted_as_one"]),
        ("a policy that is checked: characters without white space", ["PolicyLimitTests.WhatIsNotLookedAtIsSaid"]),
        ("texts of a policy held against each other, for each check", ["PolicyLimitTests.TextsBesideEachOtherAreComparedUpToALimit"]),
        ("a proof about a policy in `check` and in the compiler", ["PolicyLimitTests.ProofThatIsTooDearIsNoFinding"]),
        ("checks of a project's own; a proof for each of them about a policy",
            ["OwnCheckTests.More_than_a_hundred_are_refused", "OwnCheckTests.A_proof_that_is_too_dear_is_unknown_and_says_why"]),
        ("statements that allow nothing more (PSEC3401)", ["PolicyLimitTests.ManyPatternsAreLeftToTheCommandThatProves"]),
        ("the same: characters of patterns; lines of conditions", ["PolicyLimitTests.WhatIsNotLookedAtIsSaid",
            "PolicyLimitTests.ManyLinesOfConditionsAreNotLookedAtForDeadStatements"]),
        ("findings of one rule in one policy", ["PolicyLimitTests.FindingsThatAreNotListedAreCounted"]),
        ("policies of one holder looked at together; readings for that in one document",
            ["PolicyLimitTests.ManyPoliciesOfOneRoleAreChecked", "PolicyLimitTests.ManyUsersOfOneGroupAreChecked",
            "PolicyLimitTests.ReadingsOfPoliciesOfOneHolderAreCounted"]),
        ("who has which policy in one document", ["PolicyLimitTests.PairsOfPoliciesAndHoldersAreCounted"]),
        ("a policy in a case, a configuration, a certificate", ["PolicyReaderErrorTests.A_document_at_the_limit_is_read_and_one_more_is_not"]),
        ("a configuration: files that it extends; characters with its variables filled in",
            ["ConfigurationFilesTests.A_chain_of_many_files_is_refused", "ConfigurationFilesTests.Much_from_little_is_refused"]),
        ("a file beside C# code", ["HostileCodeTests.FileThatIsTooLongIsTold"]),
        ("steps from a policy in C# to what takes it", ["HostileCodeTests.PolicyIsFollowedThroughThreeNames"]),
        ("branches of the code that a policy in C# depends on", ["BranchTests.More_branches_than_are_tried_are_unknown"]),
        ("an object of C# that is a policy: levels; characters of its JSON; lists spread in lists",
            ["HostileCodeTests.ValueThatHoldsItselfIsNotFollowedForever"]),
        ("a certificate: characters", ["CertificateLimitTests.LongCertificateIsRefused"]),
        ("a certificate: states, moves of automata for each lemma", ["PlaceTests.Too_many_states_prove_nothing", "PlaceTests.Too_many_moves_prove_nothing"]),
        ("the same: moves for all lemmas together; places in their states", ["PlaceTests.Too_much_for_all_lemmas_together_proves_nothing"]),
        ("`.gitignore`", ["ScanExemptionTests.An_ignore_file_that_is_too_large_or_a_link_is_not_read"]),
        ("`.gitallowed`", ["ScanExemptionTests.Gitallowed_patterns_allow_lines", "ScanExemptionTests.So_many_patterns_for_so_many_findings_are_an_error"]),
        ("a line, or a record over several lines, in `trim` and the S3 function",
            ["LogBlockReaderTests.A_line_beyond_the_limit_goes_by_in_parts_and_the_others_are_filtered"]),
        ("nesting of a log record; of envelopes around it", ["BadInputTests.Ten_thousand_levels_are_kept",
            "UnpackingTests.Wrappers_without_end_are_not_unwrapped_without_end"]),
        ("gzip and zstd in `trim`, gzip in S3", ["GzipDiagnosisTests.What_cannot_be_a_log_is_not_decompressed_to_its_end",
            "TrimFormatsTests.Zstandard_that_cannot_be_a_log_is_not_decompressed_to_its_end"]),
        ("a compressed record of Firehose", ["HostileRecordTests.A_record_decompresses_to_32_MB_at_most"]),
        ("an answer to Firehose", ["HostileRecordTests.Batches_that_outgrow_the_answer_are_not_done_and_advice_is_computed"]),
        ("notifications of S3 within messages", ["ObjectEventTests.Messages_in_messages_have_an_end"]),
        ("keys for redaction and sampling", ["RedactionKeyTests.A_filter_takes_no_shorter_key",
            "RedactionKeyTests.What_is_no_key_is_refused_without_being_told", "LogRulesReaderTests.A_mistake_is_told_with_its_place",
            "RedactionKeyFileTests.A_key_that_could_be_found_by_trying_is_refused"]),
        ("a proof of `prove`, `verify`, `ask`", ["ProofLimitTests.SlowPolicyIsAnswered"]),
        ("all proofs of an answer of `ask who-can` and `what-can`", ["AskLimitTests.WhoIsLeftWhenTheBudgetIsUsedUpIsUndecided"]),
        ("all questions of `ask escalation`", ["AskLimitTests.WhoIsLeftOfAnEscalationIsUndecided"]),
        ("a proof: memory of one search for a value", ["ProofLimitTests.SlowPolicyIsAnswered"]),
        ("the same: characters of a number or date", ["ProofLimitTests.SlowPolicyIsAnswered"]),
        ("the same: characters of a request that shows it, times those of the policies", ["ProofLimitTests.SlowPolicyIsAnswered"]),
        ("the same: comparisons to make a request shorter", ["WitnessLimitTests.Long_request_is_shown_as_long_as_it_is"]),
        ("`simulate`: characters of a case's request times those of its policies", ["ProofLimitTests.CaseThatIsSlowToCompareIsRefused"]),
    ];

    [Fact]
    public void EachRowOfTheTableIsHere()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "SECURITY.md"));
        int head = Array.IndexOf(lines, "| input | limit | beyond it |");
        Assert.True(head > 0);
        Assert.Equal(lines.Skip(head + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim()), Rows.Select(row => row.Input));
    }

    [Fact]
    public void EachTestIsThere()
    {
        Dictionary<string, string> files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .GroupBy(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(group => group.Key, group => string.Concat(group.Select(File.ReadAllText)));
        Assert.All(Rows.SelectMany(row => row.Tests), test => Assert.True(
            test.Split('.') is [var type, var method] && files.TryGetValue(type, out string? text)
                && TestMethod().Matches(text).Any(found => found.Groups[1].Value == method), test));
    }

    // The attributes of a test, its data among them, each of them on lines that are indented, and its name.
    [GeneratedRegex(@"^    \[(?:Fact|Theory)\b.*\n(?:    [\[ ].*\n)*    public (?:async Task|void) (\w+)\(", RegexOptions.Multiline
        | RegexOptions.CultureInvariant)]
    private static partial Regex TestMethod();
}
