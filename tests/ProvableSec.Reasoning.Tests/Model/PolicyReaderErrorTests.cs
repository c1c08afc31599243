using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Tests.Json;

namespace ProvableSec.Reasoning.Tests.Model;

public sealed class PolicyReaderErrorTests
{
    private const string Rest = "\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"";
    private const string StatementNames = "Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition";

    [Theory]
    [InlineData("", "1:1 the text is empty; expected a JSON value")]
    [InlineData("[]", "1:1 a policy must be an object with a Statement; this is an array")]
    [InlineData("\"x\"", "1:1 a policy must be an object with a Statement; this is a string")]
    [InlineData("1", "1:1 a policy must be an object with a Statement; this is a number")]
    [InlineData("true", "1:1 a policy must be an object with a Statement; this is a Boolean")]
    [InlineData("null", "1:1 a policy must be an object with a Statement; this is null")]
    [InlineData("{}", "1:1 the policy has no Statement")]
    [InlineData("{\"Version\":\"2012-10-17\"}", "1:1 the policy has no Statement")]
    [InlineData("{\"Statement\":[]}", "1:14 Statement is an empty list, so the policy has no effect")]
    [InlineData("{\"Statement\":1}", "1:14 a statement must be an object; this is a number")]
    [InlineData("{\"Statement\":[\"a\",null]}", "1:15 a statement must be an object; this is a string", "1:19 a statement must be an object; this is null")]
    [InlineData("{\"Version\":2012,\"Statement\":{" + Rest + "}}", "1:12 Version must be a string; this is a number")]
    [InlineData("{\"Version\":\"2012-10-18\",\"Statement\":{" + Rest + "}}", "1:12 Version must be \"2012-10-17\" or \"2008-10-17\", not \"2012-10-18\"")]
    [InlineData("{\"Id\":[],\"Statement\":{" + Rest + "}}", "1:7 Id must be a string; this is an array")]
    [InlineData("{\"version\":\"2012-10-17\",\"Statement\":{" + Rest + "}}",
        "1:2 \"version\" is not an element of a policy; expected one of Version, Id, Statement")]
    [InlineData("{\"Statement\":{" + Rest + "},\"Statement\":{" + Rest + "}}", "1:61 the key \"Statement\" is here twice; the first is at 1:2")]
    public void A_document_that_is_no_policy(string text, params string[] expected) => Assert.Equal(expected, Located.Policy(text));

    [Theory]
    [InlineData("", "1:14 the statement has no Effect; expected \"Allow\" or \"Deny\"", "1:14 the statement has neither Action nor NotAction", "1:14 the statement has neither Resource nor NotResource; only a trust policy, which names a Principal, may go without")]
    [InlineData("\"Action\":\"*\",\"Resource\":\"*\"", "1:14 the statement has no Effect; expected \"Allow\" or \"Deny\"")]
    [InlineData("\"Effect\":\"Allow\",\"Resource\":\"*\"", "1:14 the statement has neither Action nor NotAction")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"*\"", "1:14 the statement has neither Resource nor NotResource; only a trust policy, which names a Principal, may go without")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"*\",\"Principal\":\"*\"")]
    [InlineData("\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"", "1:24 Effect must be \"Allow\" or \"Deny\", with this case, not \"allow\"")]
    [InlineData("\"Effect\":[\"Allow\"],\"Action\":\"*\",\"Resource\":\"*\"", "1:24 Effect must be a string; this is an array")]
    [InlineData("\"effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"", "1:14 the statement has no Effect; expected \"Allow\" or \"Deny\"",
        "1:15 \"effect\" is not an element of a statement; expected one of " + StatementNames)]
    [InlineData("\"Sid\":1," + Rest, "1:21 Sid must be a string; this is a number")]
    [InlineData(Rest + ",\"NotAction\":\"a:b\"", "1:60 a statement cannot have both Action and NotAction")]
    [InlineData(Rest + ",\"NotResource\":\"*\"", "1:60 a statement cannot have both Resource and NotResource")]
    [InlineData(Rest + ",\"Principal\":\"*\",\"NotPrincipal\":\"*\"", "1:76 a statement cannot have both Principal and NotPrincipal")]
    [InlineData(Rest + ",\"Action\":\"a:b\"", "1:60 the key \"Action\" is here twice; the first is at 1:32")]
    [InlineData(Rest + ",\"A\\u001b[31m\":1", "1:60 \"A\\u001b[31m\" is not an element of a statement; expected one of " + StatementNames)]
    public void A_statement_with_wrong_elements(string elements, params string[] expected) =>
        Assert.Equal(expected, Located.Policy("{\"Statement\":{" + elements + "}}"));

    [Theory]
    [InlineData("1", "2:1 Action must be a string or an array of strings; this is a number")]
    [InlineData("{}", "2:1 Action must be a string or an array of strings; this is an object")]
    [InlineData("null", "2:1 Action must be a string or an array of strings; this is null")]
    [InlineData("[1,\"s3:*\",[]]", "2:2 Action must be a string; this is a number", "2:11 Action must be a string; this is an array")]
    [InlineData("[]", "2:1 Action is an empty list, so the statement has no effect")]
    [InlineData("\"\"", "2:1 \"\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("\"s3\"", "2:1 \"s3\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("\"s3*\"", "2:1 \"s3*\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("\"s3:\"", "2:1 \"s3:\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("\":Get\"", "2:1 \":Get\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("\"s3:a:b\"", "2:1 \"s3:a:b\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("\"\\u202es3\"", "2:1 \"\\u202es3\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("[\"*\",\"**\",\"s3:*\",\"*:*\",\"s3:Get?bject*\",\"execute-api:Invoke\"]")]
    public void Actions(string value, params string[] expected) =>
        Assert.Equal(expected, Located.Policy("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\n" + value + ",\"Resource\":\"*\"}}"));

    [Theory]
    [InlineData("false", "2:1 Resource must be a string or an array of strings; this is a Boolean")]
    [InlineData("[]", "2:1 Resource is an empty list, so the statement has no effect")]
    [InlineData("\"\"", "2:1 \"\" is not a resource; expected \"*\" or an ARN, arn:partition:service:region:account:resource")]
    [InlineData("[\"*\",\"my-bucket/*\"]", "2:6 \"my-bucket/*\" is not a resource; expected \"*\" or an ARN, arn:partition:service:region:account:resource")]
    [InlineData("\"ARN:aws:s3:::b\"", "2:1 \"ARN:aws:s3:::b\" is not a resource; expected \"*\" or an ARN, arn:partition:service:region:account:resource")]
    [InlineData("\"arn\"", "2:1 \"arn\" is not a resource; expected \"*\" or an ARN, arn:partition:service:region:account:resource")]
    [InlineData("\"?bc:aws:s3:::b\"", "2:1 \"?bc:aws:s3:::b\" is not a resource; expected \"*\" or an ARN, arn:partition:service:region:account:resource")]
    [InlineData("[\"arn:aws:s3:::b\",\"arn:*\",\"a*\",\"ar?:aws:s3:::b\",\"?rn:aws:s3:::b\",\"arn?aws:s3:::b\",\"*:b\",\"execute-api:/stage/*\"]")]
    [InlineData("\"arn:aws:s3:::b/${aws:username\"", "2:1 \"${\" is never closed by \"}\", so it is literal text")]
    public void Resources(string value, params string[] expected) =>
        Assert.Equal(expected, Located.Policy("{\"Version\":\"2012-10-17\",\"Statement\":{\"Action\":\"*\",\"Resource\":\n" + value
            + ",\"Effect\":\"Deny\"}}"));

    [Theory]
    [InlineData("1", "2:1 Principal must be \"*\" or an object; this is a number")]
    [InlineData("[\"*\"]", "2:1 Principal must be \"*\" or an object; this is an array")]
    [InlineData("{\"aws\":\"*\"}", "2:2 \"aws\" is not an element of Principal; expected one of AWS, Service, Federated, CanonicalUser")]
    [InlineData("{\"AWS\":1}", "2:8 AWS must be a string or an array of strings; this is a number")]
    [InlineData("{\"AWS\":[{}]}", "2:9 AWS must be a string; this is an object")]
    [InlineData("{\"AWS\":[],\"Service\":\"s3.amazonaws.com\"}", "2:8 AWS is an empty list")]
    [InlineData("{}", "2:1 Principal names nobody, so the statement has no effect")]
    [InlineData("\"arn:aws:iam::111122223333:root\"", "2:1 Principal is read as {\"AWS\": \u2026}; AWS accepts a bare string only as \"*\"")]
    [InlineData("\"*\"")]
    public void Principals(string value, params string[] expected) =>
        Assert.Equal(expected, Located.Policy("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Principal\":\n" + value + "}}"));

    [Theory]
    [InlineData("[]", "2:1 Condition must be an object; this is an array")]
    [InlineData("{\"Bool\":true}", "2:9 Bool must be an object of condition keys; this is a Boolean")]
    [InlineData("{\"Bool\\n\":1}", "2:2 AWS has no condition operator \"Bool\\u000a\"; did you mean \"Bool\"?",
        "2:11 Bool\\u000a must be an object of condition keys; this is a number")]
    [InlineData("{\"Bool\":{\"k\":null}}", "2:14 a condition value must be a string, number or Boolean; this is null")]
    [InlineData("{\"Bool\":{\"k\":[true,[]]}}", "2:20 a condition value must be a string, number or Boolean; this is an array")]
    [InlineData("{\"StringEquals\":{\"k\":[]}}", "2:22 the condition on \"k\" lists no value")]
    [InlineData("{\"Null\":{\"k\":\"yes\"}}", "2:14 Null takes \"true\" or \"false\", not \"yes\"")]
    [InlineData("{\"Null\":{\"k\":1}}", "2:14 Null takes \"true\" or \"false\", not \"1\"")]
    [InlineData("{\"StringLike\":{\"k\":[\"${a\"]}}", "2:21 \"${\" is never closed by \"}\", so it is literal text")]
    [InlineData("{\"NumericEquals\":{\"k\":\"${a\"}}")]
    [InlineData("{\"StringEquals\":{\"aws:x\":\"1\",\"AWS:X\":\"2\"}}", "2:30 \"AWS:X\" and \"aws:x\" are the same condition key, which folds case")]
    [InlineData("{\"StringEquals\":{\"aws:x\":\"1\"},\"StringLike\":{\"AWS:X\":\"2\"}}")]
    [InlineData("{\"StringEquals\":{\"k\":\"1\"},\"StringEquals\":{\"k\":\"2\"}}", "2:27 the key \"StringEquals\" is here twice; the first is at 2:2")]
    [InlineData("{\"stringEquals\":{\"k\":\"1\"}}", "2:2 AWS writes this operator with other capitals than \"stringEquals\"")]
    [InlineData("{\"forAllValues:Bool\":{\"k\":\"1\"}}", "2:2 AWS writes this operator with other capitals than \"forAllValues:Bool\"")]
    public void Conditions(string block, params string[] expected) =>
        Assert.Equal(expected, Located.Policy("{\"Version\":\"2012-10-17\",\"Statement\":{" + Rest + ",\"Condition\":\n" + block + "}}"));

    [Theory]
    [InlineData("StringEqual", "StringEquals")]
    [InlineData("stringequal", "StringEquals")]
    [InlineData("StringsEquals", "StringEquals")]
    [InlineData("StringEqualIfExists", "StringEqualsIfExists")]
    [InlineData("StringEqualsIfExist", "StringEqualsIfExists")]
    [InlineData("ForAnyValue:StringEqual", "ForAnyValue:StringEquals")]
    [InlineData("ForAnyValues:StringLike", "ForAnyValue:StringLike")]
    [InlineData("ForAllValue:StringEqualsIfExist", "ForAllValues:StringEqualsIfExists")]
    [InlineData("NullIfExists", "Null")]
    [InlineData("NumericLessThn", "NumericLessThan")]
    [InlineData("DateLessThanEqual", "DateLessThanEquals")]
    [InlineData("ArnNotLik", "ArnNotLike")]
    [InlineData("IPAdress", "IpAddress")]
    [InlineData("NotIpAddres", "NotIpAddress")]
    [InlineData("Matches", null)]
    [InlineData("ForSomeone:StringEquals", null)]
    [InlineData("", null)]
    public void An_unknown_operator_is_a_warning_and_suggests_the_nearest(string name, string? suggestion)
    {
        PolicyDocument policy = PolicyReader.Read(new DocumentText("{\"Statement\":{" + Rest + ",\"Condition\":{\"" + name + "\":{\"k\":\"v\"}}}}"));
        PolicyProblem problem = Assert.Single(policy.Problems);
        Assert.Equal(ProblemCode.UnknownOperator, problem.Code);
        Assert.False(problem.IsError);
        Assert.Equal($"AWS has no condition operator \"{name}\"" + (suggestion is null ? "" : $"; did you mean \"{suggestion}\"?"), problem.Message);
        Assert.Equal("/Statement/Condition/" + name, problem.Pointer);
    }

    [Theory]
    [InlineData("s3:GetObject ", "a space", "did you mean \"s3:GetObject\"?")]
    [InlineData(" s3:GetObject", "a space", "did you mean \"s3:GetObject\"?")]
    [InlineData("s3:Get Object", "a space", "did you mean \"s3:GetObject\"?")]
    [InlineData("s3: Get*", "a space", "did you mean \"s3:Get*\"?")]
    [InlineData("s3:GetObject\t", "a tab", "did you mean \"s3:GetObject\"?")]
    [InlineData("s3:GetObject\n", "a line break", "did you mean \"s3:GetObject\"?")]
    [InlineData("s3:Get\u00A0Object", "U+00A0", "did you mean \"s3:GetObject\"?")]
    [InlineData("s3:GetObject,", "a comma", "write each action as a string of its own")]
    [InlineData("s3:GetObject,PutObject", "a comma", "write each action as a string of its own")]
    [InlineData("s3:GetObject,s3:PutObject", "a comma", "write each action as a string of its own")]
    [InlineData("s3:GetObject, s3:PutObject", "a comma", "write each action as a string of its own")]
    [InlineData("s3:G\u00E9tObject", "U+00E9", "expected \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("s3:List\u212Aeys", "U+212A", "expected \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("s3:Get/Object", "'/'", "expected \"service:Name\", such as \"s3:GetObject\"")]
    [InlineData("s3:${aws:username}", "'$'", "expected \"service:Name\", such as \"s3:GetObject\"")]
    public void An_action_with_a_character_that_no_action_has_is_a_warning(string action, string character, string advice)
    {
        PolicyDocument policy = PolicyReader.Read(new DocumentText(
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\"s3:ListBucket\"," + System.Text.Json.JsonSerializer.Serialize(action)
                + "],\"Resource\":\"*\"}}", "p.json"));
        PolicyProblem problem = Assert.Single(policy.Problems);
        Assert.Equal(("p.json:1:58 /Statement/Action/1", ProblemCode.ImpossibleAction, false),
            ($"{problem.File}:{problem.Position} {problem.Pointer}", problem.Code, problem.IsError));
        Assert.EndsWith($" contains {character}, which no action has, so it matches nothing; {advice}", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["s3:ListBucket", action], Assert.Single(policy.Statements).Action.Patterns.Select(p => p.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("* ")]
    [InlineData("GetObject")]
    [InlineData("Get Object")]
    [InlineData("s3:")]
    [InlineData(":GetObject")]
    [InlineData("s3:Get:Object")]
    public void An_action_that_AWS_refuses_is_an_error(string action)
    {
        PolicyDocument policy = PolicyReader.Read(new DocumentText("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}}"));
        Assert.Equal(ProblemCode.InvalidAction, Assert.Single(policy.Problems).Code);
        Assert.True(policy.HasErrors);
    }

    [Fact]
    public void Everything_is_reported_in_the_order_of_the_text_with_pointers()
    {
        PolicyDocument policy = PolicyReader.Read(new DocumentText(
            """
            {
              "Statement": [
                { "Effect": "allow", "Action": "s3", "Resource": ["*", "x"], "Extra": 1 },
                { "Effect": "Deny", "NotAction": 7, "Resource": "*", "Condition": { "Bool": { "a": "true", "A": "false" } } }
              ],
              "version": "2012-10-17"
            }
            """.ReplaceLineEndings("\n"),
            "p.json"));
        Assert.Equal(
            [
                "p.json:3:17 /Statement/0/Effect InvalidValue",
                "p.json:3:36 /Statement/0/Action InvalidAction",
                "p.json:3:60 /Statement/0/Resource/1 InvalidArn",
                "p.json:3:66 /Statement/0/Extra UnknownElement",
                "p.json:4:38 /Statement/1/NotAction WrongType",
                "p.json:4:96 /Statement/1/Condition/Bool/A DuplicateKey",
                "p.json:6:3 /version UnknownElement",
            ],
            policy.Problems.Select(p => $"{p.File}:{p.Position} {p.Pointer} {p.Code}"));
        Assert.True(policy.HasErrors);
    }

    [Fact]
    public void A_document_at_the_limit_is_read_and_one_more_is_not()
    {
        string policy = "{\"Statement\":{" + Rest + "}}";
        string atLimit = policy.PadRight(PolicyReader.MaxLength);
        Assert.Empty(Located.Policy(atLimit));
        Assert.Equal(["1:1 the document has 1048577 characters; the limit is 1048576"], Located.Policy(atLimit + " "));
        Assert.Equal(ProblemCode.TooLarge, PolicyReader.Read(new DocumentText(atLimit + " ")).Problems.Single().Code);
    }

    /// <summary>Half a million wrong statements: a pointer for each would take minutes.</summary>
    [Fact]
    public void Problems_are_bounded()
    {
        PolicyDocument policy = PolicyReader.Read(new DocumentText("{\"Statement\":[" + string.Concat(Enumerable.Repeat("1,", 500_000)) + "1]}"));
        Assert.Equal(JsonTreeReader.MaxProblems + 1, policy.Problems.Length);
        Assert.Equal("too many problems; the rest is not listed", policy.Problems[^1].Message);
    }

    [Fact]
    public void An_error_after_too_many_warnings_still_counts()
    {
        string warnings = string.Join(",", Enumerable.Repeat("{" + Rest + ",\"Condition\":{\"bool\":{\"k\":\"true\"}}}", 200));
        Assert.False(PolicyReader.Read(new DocumentText("{\"Statement\":[" + warnings + "]}")).HasErrors);
        PolicyDocument policy = PolicyReader.Read(new DocumentText("{\"Statement\":[" + warnings + ",{}]}"));
        Assert.True(policy.HasErrors);
        Assert.Equal(JsonTreeReader.MaxProblems + 1, policy.Problems.Length);
    }

    [Fact]
    public void No_text_is_a_bug_of_the_caller()
    {
        Assert.Throws<ArgumentNullException>(() => PolicyReader.Read(null!));
        Assert.Throws<ArgumentNullException>(() => JsonTreeReader.Read(null!));
    }

    [Fact]
    public void Every_code_before_the_bare_principal_is_an_error()
    {
        foreach (ProblemCode code in Enum.GetValues<ProblemCode>())
        {
            bool warning = code is ProblemCode.BarePrincipal or ProblemCode.UnknownOperator or ProblemCode.OperatorCase or ProblemCode.UnclosedVariable
                or ProblemCode.EmptyList or ProblemCode.UnknownMember
                or ProblemCode.ImpossibleAction or ProblemCode.UnknownAction;
            Assert.Equal(!warning, new PolicyProblem(code, "", default, "", default).IsError);
        }
    }
}
