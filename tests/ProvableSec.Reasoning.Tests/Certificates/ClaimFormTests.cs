using System.Text.Json.Nodes;
using ProvableSec.CertificateChecker;
using static ProvableSec.Reasoning.Tests.Certificates.Certified;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>A claim is read strictly: one field that is missing, double, of another type or beyond its limit refuses the certificate with the reason.</summary>
public sealed class ClaimFormTests
{
    private static readonly Lazy<string> Lone = new(() => Certificate(AskedNotGranted(Document(Allow("{}", "s3:*")), Document(Allow("{}", "iam:*")))));

    private static readonly Lazy<string> Compared = new(() => Certificate(AskedNoNewAccess(Document(Allow("{}", "s3:Get*")), Document(Allow("{}", "s3:*")))));

    private static readonly Lazy<string> Stacked = new(() => Certificate(
        $$"""{"question":"not-granted","account":"111122223333","organization":{"id":"o-a","managementAccount":"444455556666","accounts":{"111122223333":"o-a/r-a/"} },"identityPolicies":[{{Document(Allow("{}", "s3:*"))}}],"permissionsBoundary":{{Document(AllowAll)}},"sessionPolicies":[{{Document(AllowAll, AllowAll)}}],"serviceControlPolicies":[[{{Document(AllowAll, AllowAll, AllowAll)}}]],"resourceControlPolicies":[[{{Document("""{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"*"}""")}}]],"vpcEndpointPolicies":[{{Document("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""")}}],"resourcePolicy":null,"request":{"action":"iam:CreateUser"},"forbidden":{{Document(Allow("{}", "iam:*"))}} }"""));

    /// <summary>Numbers that a reader could take for others.</summary>
    [Theory]
    [InlineData("1.0", "is not a whole number")]
    [InlineData("1e0", "is not a whole number")]
    [InlineData("-0", "is not a whole number")]
    [InlineData("2147483648", "is not a whole number")]
    [InlineData("-2147483649", "is not a whole number")]
    [InlineData("4294967297", "is not a whole number")]
    [InlineData("\"1\"", "is a string")]
    [InlineData("null", "is null")]
    [InlineData("true", "is a Boolean")]
    [InlineData("[1]", "is an array")]
    public void A_number_is_written_in_one_way(string number, string reason)
    {
        string lone = Lone.Value;
        Refused(lone.Replace("\"v\":2", $"\"v\":{number}", StringComparison.Ordinal), reason);
        Refused(System.Text.RegularExpressions.Regex.Replace(lone, "\"policy\":0", $"\"policy\":{number}"), number == "[1]" ? "is an array"
            : number is "\"1\"" or "null" or "true" ? "is" : reason);
        Refused(System.Text.RegularExpressions.Regex.Replace(lone, "\"by\":\\[\\d+", $"\"by\":[{number}"), reason);
        Refused(System.Text.RegularExpressions.Regex.Replace(lone, "\"literals\":\\[-?\\d+", $"\"literals\":[{number}"), reason);
        Refused(System.Text.RegularExpressions.Regex.Replace(lone, "\"id\":\\d+", $"\"id\":{number}"), reason);
    }

    [Theory]
    [InlineData("-2147483648")]
    [InlineData("2147483647")]
    [InlineData("-2147483647")]
    [InlineData("0")]
    [InlineData("-1000000")]
    public void A_number_that_names_nothing_refuses(string number)
    {
        foreach (string at in (string[])["\"literals\":\\[-?\\d+", "\"by\":\\[\\d+", "\"id\":\\d+", "\"policy\":0", "\"property\":1"])
        {
            string start = at[..(at.LastIndexOf(at.Contains('[', StringComparison.Ordinal) ? '[' : ':') + 1)].Replace("\\", "", StringComparison.Ordinal);
            string changed = System.Text.RegularExpressions.Regex.Replace(Lone.Value, at, start + number);
            if (changed != Lone.Value)
            {
                Refused(changed, "");
            }
        }
    }

    /// <summary>A member of the claim, what it is made, and the reason.</summary>
    public static TheoryData<string, string, string> OfLoneClaims() => new()
    {
        { "question", "\"granted\"", "" },
        { "question", "\"can\"", "the claim does not go together with its question" },
        { "question", "\"no-new-access\"", "the claim has no \"baseline\"" },
        { "question", "\"equivalent\"", "the claim has no \"baseline\"" },
        { "question", "\"no-dead-statement\"", "\"no-dead-statement\" is not a question that certificates answer" },
        { "question", "\"Not-Granted\"", "\"Not-Granted\" is not a question that certificates answer" },
        { "question", "1", "question of the claim is a number" },
        { "type", "\"Identity\"", "\"Identity\" is not a type of policy" },
        { "type", "\"\"", "\"\" is not a type of policy" },
        { "readings", "\"Default\"", "the claim names readings that there are not" },
        { "readings", "\"none\"", "the claim names readings that there are not" },
        { "given", "[\"shapes\",\"shapes\"]", "one assumption twice" },
        { "given", "[1]", "an assumption is a number" },
        { "given", "\"shapes\"", "given of the claim is a string" },
        { "asOf", "\"2024-01-01\"", "the claim names a day without the assumption" },
        { "asOf", "\"2024-13-01\"", "is not a day as YYYY-MM-DD" },
        { "asOf", "\"2024-1-011\"", "is not a day as YYYY-MM-DD" },
        { "asOf", "\"2024-01\"", "is not a day as YYYY-MM-DD" },
        { "asOf", "\"17040672000\"", "is not a day as YYYY-MM-DD" },
        { "asOf", "20240101", "asOf of the claim is a number" },
        { "policy", "2", "there is no document 2" },
        { "policy", "-1", "there is no document -1" },
        { "policy", "1", "holds a document that it does not use" },
        { "property", "0", "holds a document that it does not use" },
        { "property", "2", "there is no document 2" },
        { "property", "\"1\"", "the number of a document is a string" },
        { "baseline", "1", "the claim does not go together with its question" },
        { "documents", "[]", "there is no document 0" },
        { "documents", "{}", "documents of the claim is an object" },
        { "request", "[]", "the request is an array" },
        { "request", """{"who":"*"}""", "the request has a member \"who\" that does not belong there" },
        { "request", """{"principal":"nobody at all"}""", "" },
        { "request", """{"principalType":"Robot"}""", "the request's principalType is none" },
        { "request", """{"resourceAccount":"11112222333"}""", "\"11112222333\" is not an account" },
        { "request", """{"resourceAccount":"1111222233334"}""", "\"1111222233334\" is not an account" },
        { "request", """{"resourceAccount":"11112222333a"}""", "\"11112222333a\" is not an account" },
        { "request", """{"resourceAccount":"11112222333٣"}""", "is not an account" },
        { "request", """{"action":{"absent":true,"is":["a"]}}""", "the action is either absent or compared" },
        { "request", """{"action":{"absent":true,"like":["a"]}}""", "the action is either absent or compared" },
        { "request", """{"action":{"absent":false,"is":["a"]}}""", "absent of the action is not true" },
        { "request", """{"action":{"absent":1}}""", "absent of the action is not true" },
        { "request", """{"action":{}}""", "the action is either absent or compared" },
        { "request", """{"action":{"like":["a"]}}""", "the action is either absent or compared" },
        { "request", """{"action":{"is":"a"}}""", "is of the action is a string" },
        { "request", """{"action":{"is":[1]}}""", "the action is a number" },
        { "request", """{"action":{"is":[],"like":[1]}}""", "the action is a number" },
        { "request", """{"resource":{"is":["*"],"of":1}}""", "the resource has a member \"of\" that does not belong there" },
        { "request", """{"context":[{"is":["a"]}]}""", "a key has no \"key\"" },
        { "request", """{"context":[{"key":"a:k"}]}""", "a key is either absent or compared" },
        { "request", """{"context":{"a:k":"b"}}""", "context is an object" },
    };

    [Theory]
    [MemberData(nameof(OfLoneClaims))]
    public void A_field_of_a_claim_about_one_document_is_wrong(string member, string value, string reason) =>
        Refused(Changed(Lone.Value, c => c[member] = JsonNode.Parse(value)), reason);

    [Theory]
    [InlineData("question")]
    [InlineData("type")]
    [InlineData("readings")]
    [InlineData("given")]
    [InlineData("documents")]
    [InlineData("policy")]
    [InlineData("property")]
    public void A_field_of_a_claim_is_missing(string member) => Refused(Changed(Lone.Value, c => c.Remove(member)), $"the claim has no \"{member}\"");

    [Fact]
    public void A_member_that_stands_there_twice_or_is_unknown_refuses()
    {
        foreach (string member in (string[])["\"question\"", "\"policy\"", "\"documents\"", "\"v\"", "\"steps\"", "\"text\"", "\"id\"", "\"literals\"",
            "\"by\""])
        {
            int at = Lone.Value.IndexOf(member + ":", StringComparison.Ordinal);
            Refused(Lone.Value.Insert(at, member + ":1,"), "");
            Refused(Lone.Value.Insert(at, "\"more\":1,"), "has a member \"more\" that does not belong there");
        }
    }

    [Fact]
    public void A_comparison_has_a_baseline_of_its_own_kind_and_no_property()
    {
        Refused(Changed(Compared.Value, c => c["property"] = 1), "the claim does not go together with its question");
        Refused(Changed(Compared.Value, c => c["baseline"] = JsonNode.Parse("""{"identityPolicies":[1]}""")),
            "the claim does not go together with its question");
        Refused(Changed(Compared.Value, c => c["policy"] = JsonNode.Parse("""{"identityPolicies":[0]}""")), "the claim does not go together with its question");
        Refused(Changed(Compared.Value, c => c.Remove("baseline")), "the claim has no \"baseline\"");
    }

    /// <summary>The other policy texts under which nothing of the proof may be found any more.</summary>
    [Theory]
    [InlineData(0, "s3:*", "*")]
    [InlineData(0, "s3:*", "iam:Create*")]
    [InlineData(0, "Allow", "Deny")]
    [InlineData(1, "iam:*", "*")]
    [InlineData(1, "iam:*", "s3:Get*")]
    [InlineData(0, "2012-10-17", "2012-10-18")]
    [InlineData(0, "Statement", "Statements")]
    [InlineData(0, "{", "")]
    public void A_certificate_is_of_the_texts_in_it(int document, string text, string other) =>
        Refused(Changed(Lone.Value, c => c["documents"]![document]!["text"] = ((string)c["documents"]![document]!["text"]!)
            .Replace(text, other, StringComparison.Ordinal)), "");

    [Fact]
    public void A_document_that_is_no_policy_is_named() =>
        Refused(Changed(Lone.Value, c => c["documents"]![1]!["text"] = "{}"), "document 1 is not a policy: ");

    [Theory]
    [InlineData("identityPolicies", "null")]
    [InlineData("identityPolicies", "0")]
    [InlineData("identityPolicies", "[9]")]
    [InlineData("identityPolicies", "[[0]]")]
    [InlineData("permissionsBoundary", "[1]")]
    [InlineData("permissionsBoundary", "9")]
    [InlineData("sessionPolicies", "2")]
    [InlineData("serviceControlPolicies", "[3]")]
    [InlineData("serviceControlPolicies", "[[9]]")]
    [InlineData("resourceControlPolicies", "[4]")]
    [InlineData("resourcePolicy", "[]")]
    [InlineData("resourcePolicy", "9")]
    [InlineData("vpcEndpointPolicies", "5")]
    [InlineData("account", "\"1111\"")]
    [InlineData("account", "111122223333")]
    [InlineData("organization", "[]")]
    [InlineData("organization", """{"id":1,"accounts":[]}""")]
    [InlineData("organization", """{"id":"o-a"}""")]
    [InlineData("organization", """{"id":"o-a","managementAccount":"1","accounts":[]}""")]
    [InlineData("organization", """{"accounts":[{"account":"111122223333"}]}""")]
    [InlineData("organization", """{"accounts":[{"account":"1","path":"o-a/"}]}""")]
    [InlineData("more", "[]")]
    public void A_layer_of_a_stack_is_wrong(string layer, string value) =>
        Refused(Changed(Stacked.Value, c => c["policy"]![layer] = JsonNode.Parse(value)), "");

    [Fact]
    public void A_layer_that_is_left_out_leaves_a_document_that_is_not_used()
    {
        string[] used = [.. JsonNode.Parse(Stacked.Value)!["claim"]!["policy"]!.AsObject()
            .Where(l => l.Value is not null && l.Key is not ("account" or "organization")).Select(l => l.Key)];
        Assert.Equal(6, used.Length);
        foreach (string layer in used)
        {
            Refused(Changed(Stacked.Value, c => c["policy"]!.AsObject().Remove(layer)), "");
        }
    }

    [Fact]
    public void What_was_not_changed_is_confirmed()
    {
        foreach (string text in (string[])[Lone.Value, Compared.Value, Stacked.Value])
        {
            CertificateReport report = Check(text);
            Assert.True(report.IsValid, report.Problem);
        }

        Assert.Equal(
            "no request, of the requests in question, that document 6 describes is allowed by the stack of identityPolicies document 0; permissionsBoundary document 1; sessionPolicies document 2; no resourcePolicy; "
            + "vpcEndpointPolicies document 3; serviceControlPolicies document 4; resourceControlPolicies document 5",
            Check(Stacked.Value).Claim);
    }

    [Fact]
    public void A_text_beyond_the_limit_is_refused_for_its_length()
    {
        string padded = Lone.Value + new string(' ', CertificateCheck.MaxLength - Lone.Value.Length);
        Assert.Equal("", Check(padded).Problem);
        Assert.Equal($"it has {CertificateCheck.MaxLength + 1} characters; the limit is {CertificateCheck.MaxLength}", Check(padded + " ").Problem);
    }

    private static string Changed(string text, Action<JsonObject> change)
    {
        JsonNode root = JsonNode.Parse(text)!;
        change(root["claim"]!.AsObject());
        return root.ToJsonString();
    }

    private static void Refused(string text, string reason)
    {
        CertificateReport report = Check(text);
        Assert.False(report.IsValid, $"accepted: {report.Claim}\n{text}");
        Assert.NotEqual("", report.Problem);
        Assert.Contains(reason, report.Problem, StringComparison.Ordinal);
    }
}
