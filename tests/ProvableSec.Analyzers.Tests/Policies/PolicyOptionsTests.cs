using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Analyzers.Tests.Policies;

/// <summary>What users can say about policies, and what the error log tells of a finding.</summary>
public sealed class PolicyOptionsTests
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    [Fact]
    public async Task What_is_meant_to_be_public_is_no_finding()
    {
        const string Code = """class A { object p = new Amazon.S3.Model.PutBucketPolicyRequest { Policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {|PSEC2001:\"*\"|}, \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::site/*\"}]}" }; }""";
        await Marked.CheckAsync(Code);
        await Marked.CheckAsync(Marked.Plain(Code), test => Set(test, "provablesec.public_resources", "arn:aws:s3:::other/*, arn:aws:s3:::site/*"));
        await Marked.CheckAsync(Code, test => Set(test, "provablesec.public_resources", "arn:aws:s3:::site/a*"));
    }

    [Theory]
    [InlineData("arn:aws:s3:::site-*/*", false)]
    [InlineData("arn:aws:s3:::*", false)]
    [InlineData("arn:aws:s3:::site-a/*", true)]
    [InlineData("arn:aws:s3:::other-*/*", true)]
    public Task What_is_meant_to_be_public_may_have_a_name_that_the_program_makes(string pattern, bool isFound)
    {
        const string Code = """class A { object M(string stage) => new Amazon.S3.Model.PutBucketPolicyRequest { Policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {|PSEC2001:\"*\"|}, \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::site-" + stage + "/*\"}]}" }; }""";
        return Marked.CheckAsync(isFound ? Code : Marked.Plain(Code), test => Set(test, "provablesec.public_resources", pattern));
    }

    [Theory]
    [InlineData("warning", DiagnosticSeverity.Warning)]
    [InlineData("", DiagnosticSeverity.Error)]
    public void A_policy_in_a_file_that_was_found_unasked_breaks_no_build(string most, DiagnosticSeverity severity)
    {
        string template = """{"Resources": {"P": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "b", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}}}}}""";
        Diagnostic found = Compiled.Diagnostics(With("build_metadata.AdditionalFiles.ProvableSecAtMost", most), ("App.template.json", template))
            .Single(diagnostic => diagnostic.Id == "PSEC2001");
        Assert.Equal(severity, found.Severity);
    }

    [Theory]
    [InlineData("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}", true)]
    [InlineData("{&quot;Version&quot;: &quot;2012-10-17&quot;, &#x22;Statement&#34;: [{&quot;Effect&quot;: &quot;Allow&quot;, &quot;Action&quot;: \"*\", &quot;Resource&quot;: &quot;*&quot;}]}", true)]
    [InlineData("<![CDATA[{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}]]>", true)]
    [InlineData("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}", false)]
    [InlineData("{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}]}}", false)]
    [InlineData("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": {0}}]}", false)]
    [InlineData("Version, Statement, Effect and Action", false)]
    public void A_policy_among_string_resources_is_read(string value, bool isFound)
    {
        string text = $"<root>\n<data name=\"Other\"><value>{{ no policy</value></data>\n<data name=\"Policy\"><value>{value}</value></data>\n<data name=\"Open\"><value>{{\"Statement\"";
        Diagnostic[] found = [.. Compiled.Diagnostics(With("build_metadata.AdditionalFiles.ProvableSecAtMost", "warning"), ("Texts.resx", text))
            .Where(diagnostic => diagnostic.Id == "PSEC2002")];
        Assert.Equal(isFound ? 1 : 0, found.Length);
        Assert.All(found, diagnostic => Assert.Equal((DiagnosticSeverity.Warning, 2),
            (diagnostic.Severity, diagnostic.Location.GetLineSpan().StartLinePosition.Line)));
        Assert.All(found, diagnostic => Assert.Contains('*', text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)));
    }

    [Fact]
    public async Task With_trusted_accounts_all_others_are_untrusted()
    {
        const string Code = """class A { object p = new Amazon.S3.Model.PutBucketPolicyRequest { Policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {|PSEC2001:{\"AWS\": \"111122223333\"}|}, \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::site/*\"}]}" }; }""";
        await Marked.CheckAsync(Marked.Plain(Code), null, "PSEC2001");
        await Marked.CheckAsync(Marked.Plain(Code), test => Set(test, "provablesec.trusted_accounts", "444455556666,111122223333"), "PSEC2001");
        await Marked.CheckAsync(Code, test => Set(test, "provablesec.trusted_accounts", "444455556666"), "PSEC2001");
        await Marked.CheckAsync(Code, test => Set(test, "provablesec.trusted_organizations", "o-abcdefghij"), "PSEC2001");
    }

    [Fact]
    public async Task A_waived_finding_is_none()
    {
        const string Code = """class A { object p = new Amazon.S3.Model.PutBucketPolicyRequest { Policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {|PSEC2001:\"*\"|}, \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::site/*\"}]}" }; }""";
        await Waived(Marked.Plain(Code), """[{"rule": "PSEC2001", "file": "a.cs", "reason": "a web site", "until": "2027-01-31"}]""");
        await Waived(Marked.Plain(Code), """[{"rule": "PSEC2001", "file": "a.cs", "pointer": "/Statement", "reason": "a web site", "until": "2027-01-31"}]""");
        await Waived(Code, """[{"rule": "PSEC2002", "file": "a.cs", "reason": "a web site", "until": "2027-01-31"}]""");
        await Waived(Code, """[{"rule": "PSEC2001", "file": "xa.cs", "reason": "a web site", "until": "2027-01-31"}]""");
        // In a folder a waiver may name the file alone.
        Assert.DoesNotContain("PSEC2001", Ids(None, ("src/a.cs", Bucket("\"*\"", "arn:aws:s3:::site/*")),
            ("provablesec-waivers.json", """[{"rule": "PSEC2001", "file": "src/a.cs", "reason": "a web site", "until": "2027-01-31"}]""")));
        Assert.DoesNotContain("PSEC2001", Ids(None, ("src/a.cs", Bucket("\"*\"", "arn:aws:s3:::site/*")),
            ("provablesec-waivers.json", """[{"rule": "PSEC2001", "file": "a.cs", "reason": "a web site", "until": "2027-01-31"}]""")));

        static Task Waived(string code, string waivers) => Marked.CheckAsync(code, test => Marked.With(test, ("provablesec-waivers.json", waivers)));
    }

    [Fact]
    public void Of_a_broken_file_of_waivers_none_counts()
    {
        Diagnostic[] found = Compiled.Diagnostics(None, ("a.cs", Bucket("\"*\"", "arn:aws:s3:::site/*")), ("provablesec-waivers.json", """[{"rule": "PSEC2001", "file": "a.cs", "reason": "x", "until": "2027-01-31"}, {"rule": "PSEC2001"}]"""));
        Assert.Contains(found, diagnostic => diagnostic.Id == "PSEC2001");
        Assert.Contains(found, diagnostic => diagnostic.Id == "PSEC4001"
            && diagnostic.GetMessage(null) == "no waiver of this file counts: the waiver has no \"file\"");
    }

    [Theory]
    [InlineData("a.cs")]
    [InlineData("src/a.cs")]
    public void A_waiver_is_of_the_statement_that_it_names(string file)
    {
        string code = Bucket("\"*\"", "arn:aws:s3:::site/*");
        string hash = Compiled.Diagnostics(None, (file, code)).Single(diagnostic => diagnostic.Id == "PSEC2001").Properties["statement"]!;
        string inserted = code.Replace("[{", """[{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::site/*"}, {""", StringComparison.Ordinal);
        Assert.DoesNotContain("PSEC2001", Ids(None, (file, inserted), ("provablesec-waivers.json", Waiver(hash))));
        Assert.Contains("PSEC2001", Ids(None, (file, inserted.Replace("s3:GetObject", "s3:Get*", StringComparison.Ordinal)),
            ("provablesec-waivers.json", Waiver(hash))));

        static string Waiver(string statement) => $$"""[{"rule": "PSEC2001", "file": "a.cs", "statement": "{{statement}}", "reason": "a web site", "until": "2027-01-31"}]""";
    }

    [Theory]
    [InlineData("", "a.cs")]
    [InlineData("", "a.policy.json")]
    [InlineData("r/", "src/a.cs")]
    public void Only_findings_that_are_not_in_the_baseline_are_reported(string folder, string file)
    {
        string policy = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*"}]}""";
        string text = file.EndsWith(".cs", StringComparison.Ordinal) ? Bucket("\"*\"", "arn:aws:s3:::site/*") : policy;
        string fingerprint = Compiled.Diagnostics(None, (folder + file, text)).Single(diagnostic => diagnostic.Id == "PSEC2001").Properties["fingerprint"]!;
        Assert.DoesNotContain("PSEC2001", Ids(None, (folder + file, text), (folder + "provablesec-baseline.json", Baseline(file))));
        Assert.Contains("PSEC2001", Ids(None, (folder + file, text.Replace("site/*", "other/*", StringComparison.Ordinal)),
            (folder + "provablesec-baseline.json", Baseline(file))));
        Assert.Contains("PSEC2001", Ids(None, (folder + "x" + file, text), (folder + "provablesec-baseline.json", Baseline(file))));

        string Baseline(string of) => $$"""{"version": 1, "findings": [{"rule": "PSEC2001", "file": "{{of}}", "fingerprint": "{{fingerprint}}"}]}""";
    }

    [Theory]
    [InlineData("provablesec.trusted_acounts", "provablesec.trusted_acounts in .editorconfig or .globalconfig is not a setting of provablesec and has no effect; did you mean provablesec.trusted_accounts?")]
    [InlineData("provablesec_public_resources", "provablesec_public_resources in .editorconfig or .globalconfig is not a setting of provablesec and has no effect; did you mean provablesec.public_resources?")]
    [InlineData("provablesec.severity", "provablesec.severity in .editorconfig or .globalconfig is not a setting of provablesec and has no effect; expected provablesec.trusted_accounts, provablesec.trusted_organizations, provablesec.public_resources")]
    public Task A_key_that_is_no_setting_is_reported_once(string key, string message) => Marked.CheckAsync("class A { }", test =>
    {
        Marked.With(test, ("b.cs", "class B { }"));
        Set(test, key, "111122223333");
        test.ExpectedDiagnostics.Add(new DiagnosticResult("PSEC4001", DiagnosticSeverity.Warning).WithMessage(message));
    });

    [Theory]
    [InlineData("provablesec.trusted_accounts")]
    [InlineData("provablesec.trusted_organizations")]
    [InlineData("provablesec.public_resources")]
    [InlineData("dotnet_diagnostic.psec2001.severity")]
    [InlineData("build_property.ProvableSecAnalysisMode")]
    public Task A_setting_is_not_reported(string key) => Marked.CheckAsync("class A { }", test => Set(test, key, "111122223333"));

    [Fact]
    public void A_broken_baseline_does_not_count()
    {
        Diagnostic[] found = Compiled.Diagnostics(None, ("a.cs", Bucket("\"*\"", "arn:aws:s3:::site/*")), ("provablesec-baseline.json", """{"version": 1}"""));
        Assert.Contains(found, diagnostic => diagnostic.Id == "PSEC2001");
        Assert.Contains(found, diagnostic => diagnostic.Id == "PSEC4001"
            && diagnostic.GetMessage(null) == "this baseline does not count: the baseline has no \"findings\"");
    }

    [Theory]
    [InlineData("recommended", "s3:GetObjct", "error")]
    [InlineData("recommended", "s3:FoldObject", "info")]
    [InlineData("strict", "s3:GetObjct", "error")]
    [InlineData("strict", "s3:FoldObject", "info")]
    [InlineData("none", "s3:GetObjct", null)]
    [InlineData("none", "s3:FoldObject", null)]
    public void What_may_only_be_newer_than_the_service_data_breaks_no_build(string mode, string action, string? severity)
    {
        // No action is called like the second one, nor nearly so.
        string policy = $$$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "{{{action}}}", "Resource": "arn:aws:s3:::b/*"}]}""";
        string id = PolicyChecks.Rules.Single(rule => rule.AccessAnalyzer == "INVALID_ACTION").Id;
        Assert.Equal(severity is null ? [] : [$"{severity} {id}"], Compiled.DiagnosticsInMode(mode, ("role.policy.json", policy)));
    }

    [Theory]
    [InlineData("recommended", "warning")]
    [InlineData("strict", "error")]
    public void A_mode_sets_how_bad_a_rule_is(string mode, string severity) =>
        Assert.Contains($"{severity} PSEC2107", Compiled.DiagnosticsInMode(mode, ("role.policy.json", """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}""")));

    [Fact]
    public void The_error_log_has_the_witness_and_the_pointer()
    {
        Diagnostic finding = Compiled.Diagnostics(None, ("a.cs", Bucket("\"*\"", "arn:aws:s3:::site/*"))).Single(diagnostic => diagnostic.Id == "PSEC2001");
        Assert.Equal("/Statement/0/Principal", finding.Properties["pointer"]);
        Assert.Equal("s3:GetObject", finding.Properties["witness.action"]);
        Assert.StartsWith("arn:aws:s3:::site/", finding.Properties["witness.resource"], StringComparison.Ordinal);
        Assert.Contains("CWE-732", finding.Descriptor.CustomTags);
    }

    [Fact]
    public Task What_covers_a_text_is_a_related_place() => Marked.CheckAsync(
        """class A { object p = new { Version = "2012-10-17", Statement = new { Effect = "Allow", Action = new[] { {|#0:"s3:GetObject"|}, {|#1:"s3:Get*"|} }, Resource = "*" } }; }""",
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult("PSEC3317", DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)));

    [Fact]
    public Task A_dead_statement_names_the_one_that_covers_it() => Marked.CheckAsync(
        """class A { object p = new { Version = "2012-10-17", Statement = new[] { {|#0:new { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }|}, {|#1:new { Effect = "Allow", Action = "s3:Get*", Resource = "*" }|} } }; }""",
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult("PSEC3401", DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)));

    [Fact]
    public void A_diagnostic_leads_to_its_page_where_the_build_knows_the_repository() =>
        Assert.All(PolicyChecks.Rules, rule => Assert.Equal(RuleLink.To(rule) ?? "", RuleDescriptors.Of(rule).HelpLinkUri));

    private static string Bucket(string principal, string resource) =>
        $"class A {{ object p = new Amazon.S3.Model.PutBucketPolicyRequest {{ Policy = \"\"\"{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Principal\": {principal}, \"Action\": \"s3:GetObject\", \"Resource\": \"{resource}\"}}]}}\"\"\" }}; }}";

    private static void Set(AnalyzerTest<DefaultVerifier> test, string key, string value) =>
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\n{key} = {value}\n"));

    private static Dictionary<string, string> With(string key, string value) => new() { [key] = value };

    private static string[] Ids(IReadOnlyDictionary<string, string> options, params (string Name, string Text)[] files) =>
        [.. Compiled.Diagnostics(options, files).Select(diagnostic => diagnostic.Id)];
}
