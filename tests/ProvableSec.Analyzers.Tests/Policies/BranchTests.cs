using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace ProvableSec.Analyzers.Tests.Policies;

/// <summary>Policies that code assembles in branches and loops: each branch is judged, and a finding says on which it is.</summary>
public sealed class BranchTests
{
    private const string Usings = "using System.Collections.Generic;\nusing Amazon.CDK.AWS.IAM;\nusing Amazon.CDK.AWS.S3;\nusing Amazon.CDK.AWS.SNS;\nusing Amazon.CDK.AWS.SQS;\n";

    public static TheoryData<string, string, string> Branches() => new()
    {
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); {|#0:s.AddAnyPrincipal()|}; if (!open) { s.AddCondition("StringEquals", new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" }); } b.AddToResourcePolicy(s);""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::known-only-at-deployment/example\", without signing the request (where open)" },
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); {|#0:s.AddAnyPrincipal()|}; if (!open) { s.AddCondition("StringEquals", new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" }); } else { } b.AddToResourcePolicy(s);""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::known-only-at-deployment/example\", without signing the request (where open)" },
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); {|#0:s.AddAnyPrincipal()|}; if (open) { if (other) { s.AddCondition("StringEquals", new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" }); } } else { s.Effect = Effect.DENY; } b.AddToResourcePolicy(s);""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::known-only-at-deployment/example\", without signing the request (where open and not other)" },
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); s.AddAnyPrincipal(); s.AddCondition("StringEquals", new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" }); if (open) { s.AddActions("s3:PutObject"); } b.AddToResourcePolicy(s);""", "", "" },
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); {|#0:s.AddAnyPrincipal()|}; if (open) { s.AddActions("s3:PutObject"); } b.AddToResourcePolicy(s);""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::known-only-at-deployment/example\", without signing the request" },
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); {|#0:s.AddAnyPrincipal()|}; if (r.RoleName == "a") { s.AddCondition("StringEquals", new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" }); } b.AddToResourcePolicy(s);""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::known-only-at-deployment/example\", without signing the request (where the condition in line 7 does not hold)" },
        // What is not a branch, or leaves it, may have been done or not.
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); s.AddAnyPrincipal(); while (open) { s.AddCondition("StringEquals", new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" }); } b.AddToResourcePolicy(s);""", "", "" },
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); s.AddAnyPrincipal(); if (open) { s.AddCondition("StringEquals", new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" }); return; } b.AddToResourcePolicy(s);""", "", "" },
        { """var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources(b.ArnForObjects("*")); s.AddAnyPrincipal(); try { s.AddCondition("StringEquals", new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" }); } finally { b.AddToResourcePolicy(s); }""", "", "" },
        { """r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "iam:PassRole" }, Resources = new[] { open ? {|#0:"*"|} : "arn:aws:iam::111122223333:role/r" } }));""", "PSEC2107", "iam:PassRole is allowed for roles that \"*\" leaves open (where open)" },
        { """r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "iam:PassRole" }, Resources = open ? new[] { "arn:aws:iam::111122223333:role/r" } : new[] { {|#0:"*"|} } }));""", "PSEC2107", "iam:PassRole is allowed for roles that \"*\" leaves open (where not open)" },
        { """r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Effect = open ? Effect.ALLOW : Effect.DENY, Actions = new[] { "iam:PassRole" }, Resources = new[] { {|#0:"*"|} } }));""", "PSEC2107", "iam:PassRole is allowed for roles that \"*\" leaves open (where open)" },
        { """r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "iam:PassRole" }, Resources = new[] { name switch { "a" => "arn:aws:iam::111122223333:role/r", _ => {|#0:"*"|} } } }));""", "PSEC2107", "iam:PassRole is allowed for roles that \"*\" leaves open (where the case of line 7 is met)" },
        { """r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "iam:PassRole" }, Resources = new[] { open ? name : "arn:aws:iam::111122223333:role/r" } }));""", "", "" },
        { """string who = "111122223333"; if (open) { who = "*"; } object p = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":{|#0:\"" + who + "\"|}},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}";""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::b/example\", without signing the request (where open)" },
        { """string who; if (open) { who = "*"; } else { who = "111122223333"; } object p = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":{|#0:\"" + who + "\"|}},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}";""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::b/example\", without signing the request (where open)" },
        { """string who = "*"; who = "111122223333"; object p = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + who + "\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}";""", "", "" },
        { """string who = "111122223333"; who = "*"; object p = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":{|#0:\"" + who + "\"|}},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}";""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::b/example\", without signing the request" },
        { """string who = "*"; while (open) { who = "111122223333"; } object p = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + who + "\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}";""", "", "" },
        { """string who = "111122223333"; object p = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + who + "\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}"; who = "*";""", "", "" },
        { """string who = open ? "*" : "111122223333"; object p = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":{|#0:\"" + who + "\"|}},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}";""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::b/example\", without signing the request (where open)" },
        // A loop over constants: what is made in it is made for each, what is filled in it has all.
        { """foreach (var a in new[] { "s3:GetObject", {|#0:"s3:PutObjekt"|} }) { r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { a }, Resources = new[] { "arn:aws:s3:::b/*" } })); }""", "PSEC3005", "Amazon S3 has no action \"PutObjekt\"; did you mean \"s3:PutObject\"? (where the item of the loop is \"s3:PutObjekt\")" },
        { """var s = new PolicyStatement(); foreach (var a in new[] { "s3:GetObject", {|#0:"s3:PutObjekt"|} }) { s.AddActions(a); } s.AddResources("arn:aws:s3:::b/*"); r.AddToPolicy(s);""", "PSEC3005", "Amazon S3 has no action \"PutObjekt\"; did you mean \"s3:PutObject\"?" },
        { """var list = new List<string>(); foreach (var a in new[] { "s3:GetObject", {|#0:"s3:PutObjekt"|} }) { list.Add(a); } object p = new { Version = "2012-10-17", Statement = new { Effect = "Allow", Action = list, Resource = "arn:aws:s3:::b/*" } };""", "PSEC3005", "Amazon S3 has no action \"PutObjekt\"; did you mean \"s3:PutObject\"?" },
        { """foreach (var who in Accounts) { object p = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":{|#0:\"" + who + "\"|}},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}"; }""", "PSEC2001", "anyone may call s3:GetObject on \"arn:aws:s3:::b/example\", without signing the request (where the item of the loop is \"*\")" },
        { """foreach (var a in names) { r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { a }, Resources = new[] { "*" } })); }""", "", "" },
        { """var s = new PolicyStatement(); foreach (var a in names) { s.AddActions(a); } s.AddActions("s3:PutObjekt"); s.AddResources("*"); r.AddToPolicy(s);""", "", "" },
        { """var s = new PolicyStatement(); foreach (var a in new[] { "GetObject", "PutObjekt" }) { s.AddActions("s3:" + a); } s.AddResources("arn:aws:s3:::b/*"); r.AddToPolicy(s);""", "", "" },
    };

    [Theory]
    [MemberData(nameof(Branches))]
    public Task Each_branch_is_judged(string code, string rule, string message) =>
        Marked.CheckAsync(Of(code), test => Told(test, rule, message), "PSEC2001", "PSEC2107", "PSEC3005");

    [Fact]
    public async Task More_branches_than_are_tried_are_unknown()
    {
        await Marked.CheckAsync(Of(Many("s.AddAnyPrincipal();", 5)), Marked.WithCdk, "PSEC2001");
        await Marked.CheckAsync(Of(Many("{|PSEC2001:s.AddAnyPrincipal()|};", 4)), Marked.WithCdk, "PSEC2001");

        static string Many(string everybody, int branches) => $"var s = new PolicyStatement(); s.AddActions(\"s3:GetObject\"); s.AddResources(b.ArnForObjects(\"*\")); {everybody} "
            + string.Concat(Enumerable.Range(0, branches).Select(i => $"if (names.Length > {i}) {{ s.AddActions(\"s3:Get{i}\"); }} "))
                + "b.AddToResourcePolicy(s);";
    }

    [Fact]
    public Task A_condition_with_a_text_is_not_shown() => Marked.CheckAsync(
        Of("""r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "iam:PassRole" }, Resources = new[] { name == "nobody's business" ? {|#0:"*"|} : "arn:aws:iam::111122223333:role/r" } }));"""),
        test => Told(test, "PSEC2107", "iam:PassRole is allowed for roles that \"*\" leaves open (where the condition in line 7 holds)"),
        "PSEC2107");

    /// <summary>What the CDK's constructs give is known in shape.</summary>
    public static TheoryData<string> Constructs() =>
    [
        """b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new AnyPrincipal()|} }, Actions = new[] { "s3:GetObject" }, Resources = new[] { b.BucketArn + "/*" } }));""",
        """var all = $"{b.BucketArn}/*"; b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new AnyPrincipal()|} }, Actions = new[] { "s3:GetObject" }, Resources = new[] { all } }));""",
        """b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new AnyPrincipal()|} }, Actions = new[] { "s3:GetObject" }, Resources = new[] { b.ArnForObjects("a/" + name) } }));""",
        """b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new AnyPrincipal()|} }, Actions = new[] { "s3:GetObject" }, Resources = new[] { $"arn:aws:s3:::{b.BucketName}/*" } }));""",
        // A bucket has no key in its name: nobody gets an object.
        """b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { "s3:GetObject" }, Resources = new[] { b.BucketArn } }));""",
        """b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { "s3:GetObject" }, Resources = new[] { $"arn:aws:s3:::{b.BucketName}" } }));""",
        """b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { "s3:GetObject" }, Resources = new[] { q.QueueArn } }));""",
        """q.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new AnyPrincipal()|} }, Actions = new[] { "sqs:SendMessage" }, Resources = new[] { q.QueueArn } }));""",
        """q.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { "sqs:SendMessage" }, Resources = new[] { q.QueueArn }, Conditions = new Dictionary<string, object> { ["ArnEquals"] = new Dictionary<string, object> { ["aws:SourceArn"] = t.TopicArn } } }));""",
        """b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new ArnPrincipal(r.RoleArn) }, Actions = new[] { "s3:GetObject" }, Resources = new[] { b.ArnForObjects("*") } }));""",
        """object p = new CfnBucketPolicyProps { PolicyDocument = new Dictionary<string, object> { ["Version"] = "2012-10-17", ["Statement"] = new Dictionary<string, object> { ["Effect"] = "Allow", ["Principal"] = {|PSEC2001:"*"|}, ["Action"] = "s3:GetObject", ["Resource"] = c.AttrArn + "/*" } } };""",
        """object p = new CfnBucketPolicyProps { PolicyDocument = new Dictionary<string, object> { ["Version"] = "2012-10-17", ["Statement"] = new Dictionary<string, object> { ["Effect"] = "Allow", ["Principal"] = "*", ["Action"] = "s3:GetObject", ["Resource"] = c.AttrArn } } };""",
    ];

    [Theory]
    [MemberData(nameof(Constructs))]
    public Task The_ARN_of_a_construct_has_the_shape_of_its_kind(string code) => Marked.CheckAsync(Of(code), Marked.WithCdk, "PSEC2001", "PSEC3213");

    private static void Told(AnalyzerTest<DefaultVerifier> test, string rule, string message)
    {
        Marked.WithCdk(test);
        if (rule.Length > 0)
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(rule, rule == "PSEC2107" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error).WithLocation(0)
                .WithMessage(message));
        }
    }

    private static string Of(string code) =>
        Usings + "class Sample { static readonly string[] Accounts = { \"111122223333\", \"*\" };\nvoid M(Bucket b, CfnBucket c, Queue q, Topic t, Role r, string[] names, string name, bool open, bool other) {" + code + " } }\n";
}
