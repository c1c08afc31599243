using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Values;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Questions on which prover and evaluator once differed, most of them a wrong proof. Each is the smallest of its kind.</summary>
public sealed class DisagreementTests
{
    [Fact]
    public void A_value_in_either_case_is_not_covered_by_a_pattern_in_upper_case() =>
        Assert.Equal(Verdict.Holds, Can(Document(Allow("""{"StringEqualsIgnoreCase":{"a:k":"a"}}"""), Deny("""{"StringLike":{"a:k":"A*"}}"""))).Verdict);

    [Fact]
    public void Accounts_are_not_covered_by_the_one_account_that_is_all_ones() =>
        Assert.Equal(Verdict.Holds, Can(
            Document(AllowAll, Deny(resource: "arn:*:*:*:111111111111:*"), Deny(resource: "arn:*:*:*::*"), Deny(resource: "arn:*:*:*:aws:*")),
            ""","request":{"resource":{"like":"arn:*"}}""").Verdict);

    [Fact]
    public void A_conflict_between_the_values_of_a_key_says_nothing_of_requests_without_the_key()
    {
        var formulas = new RequestFormulas(["a:k"]);
        RequestVariable key = formulas.Key("a:k");
        TextSet a = new(new PatternSet([CharPattern.Of("a")])), x = new(new PatternSet([CharPattern.Of("x")]));
        Formula noneIsAndAllAre = formulas.Graph.And(!formulas.Exists(key, a), !formulas.Misses(key, a));
        var solver = new FormulaSolver(formulas, new Budget(1_000_000));
        Guard misses = new("misses"), absent = new("absent");
        solver.Assert(formulas.Graph.And(noneIsAndAllAre, formulas.Misses(key, x)), misses);
        solver.Assert(formulas.Graph.And(noneIsAndAllAre, !formulas.Present(key)), absent);
        Assert.Null(solver.Solve([misses], []));
        Assert.NotNull(solver.Solve([absent], []));
    }

    [Fact]
    public void An_empty_list_of_a_positive_operator_may_match_an_absent_key() =>
        Assert.Equal("Violated", NotGranted(Document(Allow("""{"StringEquals":{"a:k":[]}}""")), Document(Allow("""{"Null":{"a:k":"true"}}"""))).Verdict
            .ToString());

    [Fact]
    public void An_empty_list_of_ForAnyValue_IfExists_matches_an_absent_key() =>
        Assert.Equal(Verdict.Holds, Can(Document(Allow("""{"ForAnyValue:StringEqualsIfExists":{"a:k":[]}}"""))).Verdict);

    [Fact]
    public void An_empty_list_of_a_negated_ForAllValues_may_need_its_key() =>
        Assert.Equal(Reading.ForAllValuesNegatedNeedsKey, Granted(Document(Allow("""{"ForAllValues:StringNotEquals":{"a:k":[]}}""")),
            Document(Allow("""{"Null":{"a:k":"true"}}"""))).Witness!.Readings);

    [Theory]
    [InlineData("iam:PassRole", Verdict.Holds)]
    [InlineData("sts:TagSession", Verdict.Violated)]
    [InlineData("sts:SetSourceIdentity", Verdict.Violated)]
    [InlineData("sts:AssumeRole", Verdict.Violated)]
    public void Only_assuming_a_role_needs_its_trust_policy(string action, Verdict expected) =>
        Assert.Equal(expected, Question($$$"""
            {"question":"can","account":"111122223333","identityPolicies":[{{{Document(AllowAll)}}}],"resourcePolicy":null,
             "request":{"action":"{{{action}}}","resource":"arn:aws:iam::111122223333:role/r"}}
            """).Verdict);

    [Theory]
    [InlineData("user/team/")]
    [InlineData("role/")]
    public void Nobody_has_an_empty_name(string resource)
    {
        string arn = "arn:aws:iam::111122223333:" + resource;
        Assert.Equal(Verdict.Violated, Can(Document(Allow(If("StringEquals", "aws:PrincipalArn", arn)))).Verdict);
        Assert.Null(CallerPrincipal.TryParse(arn, null, out string problem));
        Assert.Contains("is not the ARN of a principal", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_stars_alone_are_one_star() =>
        Assert.Equal(Verdict.Violated, NoNewAccess(Document(Allow(resource: "**")), Document(Allow(resource: "arn:*:*:*:*:*"))).Verdict);

    [Theory]
    [InlineData("0.00000000000000000000000000000000001", "0")]
    [InlineData("100000000000000000000000000000000001", "100000000000000000000000000000000002")]
    [InlineData("10", "1e1")]
    public void Numbers_are_compared_exactly_and_without_exponents(string allowed, string denied) =>
        Assert.Equal(Verdict.Holds, Can(Document(Allow(If("NumericEquals", "a:n", allowed)), Deny(If("NumericEquals", "a:n", denied)))).Verdict);

    [Fact]
    public void Between_two_numbers_lies_a_third_however_near_they_are() =>
        Assert.Equal(Verdict.Holds, Can(Document(Allow("""{"NumericGreaterThan":{"a:n":"0"},"NumericLessThan":{"a:n":"0.00000000000000000000000000000000001"}}"""))).Verdict);

    [Theory]
    [InlineData("2024-01-01T00:00:00Z", "2024-01-01T00:00:00")]
    [InlineData("2024-01-01T00:00:00.00000000001Z", "2024-01-01T00:00:00Z")]
    [InlineData("0000-01-01", "0001-01-01")]
    [InlineData("-1", "0")]
    [InlineData("99999999999999999", "99999999999999998")]
    [InlineData("2024-01-01T23:00:00+23:00", "2024-01-01T00:00:01Z")]
    public void Moments_are_compared_exactly_and_need_a_zone(string allowed, string denied) =>
        Assert.Equal(Verdict.Holds, Can(Document(Allow(If("DateEquals", "a:d", allowed)), Deny(If("DateEquals", "a:d", denied)))).Verdict);

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.01")]
    [InlineData("10.0.0.1", "10.0.0.0/0008")]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1")]
    [InlineData("2001:db8::1", "2001:00db8::1")]
    [InlineData("1::", "0x1::")]
    public void Addresses_have_one_spelling_of_each_octet_and_group(string allowed, string denied) =>
        Assert.Equal(Verdict.Holds, Can(Document(Allow(If("IpAddress", "a:ip", allowed)), Deny(If("IpAddress", "a:ip", denied)))).Verdict);

    [Fact]
    public void A_bare_address_that_ends_its_own_32_may_still_mean_the_32() =>
        Assert.Equal(Reading.BareIpv6Is32, NotGranted(Document(Allow("""{"IpAddress":{"a:ip":"2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"}}""")),
            Document(Allow("""{"IpAddress":{"a:ip":"2001:db8::1/128"}}"""))).Witness!.Readings);

    [Fact]
    public void White_space_is_no_base64() =>
        Assert.Equal(Verdict.Holds, Can(Document(Allow("""{"BinaryEquals":{"a:b":"QQ=="}}"""), Deny("""{"BinaryEquals":{"a:b":"QQ =="}}"""))).Verdict);

    [Fact]
    public void A_key_with_several_values_resolves_no_variable_though_it_has_a_default() =>
        Assert.Equal(Reading.UnresolvedVariableVoidsDeny, NotGranted(
            Document(AllowAll, Deny("""{"StringNotEquals":{"a:k":"${aws:TagKeys,'a'}"}}""")),
            Document(Allow("""{"Null":{"a:k":"true","aws:TagKeys":"false"}}""")),
            ""","world":"free" """).Witness?.Readings);

    [Fact]
    public void Truth_that_a_variable_completes_folds_case() =>
        Assert.NotEqual(Verdict.Holds, NotGranted(Document(Allow("""{"Bool":{"a:t":"t${a:k}"}}""")),
            Document(Allow("""{"StringEquals":{"a:t":"TRUE","a:k":"rue"}}"""))).Verdict);

    [Fact]
    public void A_service_linked_role_that_is_asked_about_is_a_caller_like_others_but_for_SCPs()
    {
        const string Request = ""","request":{"principal":"arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R","action":"a:b"},"serviceControlPolicies":[[]]}""";
        Assert.Equal(Verdict.Holds, Question($$"""{"question":"can","identityPolicies":[{{Document(AllowAll)}}]{{Request}}""").Verdict);
        Assert.Equal(Verdict.Violated, Question($$"""{"question":"can","identityPolicies":[{{Document(AllowAll)}}]{{Request.Replace("aws-service-role/", "", StringComparison.Ordinal)}}""").Verdict);
    }

    [Theory]
    [InlineData("free", "Violated")]
    [InlineData("aws", "Holds")]
    public void Nothing_in_another_partition_is_granted(string world, string verdict) =>
        Assert.Equal(verdict, Question($$"""{"question":"granted","account":"111122223333","identityPolicies":[{{Document(AllowAll)}}],"required":{{Document(Allow(action: "a:b"))}},"request":{"resourceAccount":"111122223333"},"world":"{{world}}"}""").Verdict.ToString());

    [Fact]
    public void The_Kelvin_sign_is_a_k_where_case_is_ignored() =>
        Assert.Equal(Verdict.Holds, Can(Document(Allow("""{"StringEqualsIgnoreCase":{"a:k":"k"}}"""), Deny("""{"StringEquals":{"a:k":["k","K"]}}"""))).Verdict);

    [Theory]
    [InlineData("Bool", "aws:SecureTransport")]
    [InlineData("DateLessThan", "aws:CurrentTime")]
    [InlineData("NumericEquals", "aws:MultiFactorAuthAge")]
    [InlineData("IpAddress", "aws:SourceIp")]
    public void A_key_that_must_parse_has_a_value_though_no_condition_asks_for_one(string op, string key) =>
        Assert.Equal(Verdict.Holds, Can(Document(AllowAll, Deny(If(op, key))), $$""","request":{"context":{"{{key}}":{"like":"*"} } }""").Verdict);

    [Fact]
    public void The_set_of_the_empty_byte_string_is_not_the_empty_set() =>
        Assert.Equal(Verdict.Violated, NoNewAccess(Document(Allow(If("BinaryEquals", "a:b", ""))), Document(Allow(If("BinaryEquals", "a:b", "x")))).Verdict);

    [Fact]
    public void A_role_of_another_account_is_asked_for_by_a_caller_of_another_account()
    {
        AccessRequest request = Question($$"""{"question":"granted","identityPolicies":[{{Document(AllowAll)}}],"resourcePolicy":null,"required":{{Document(Allow(resource: "arn:aws:iam::111122223333:role/*"))}},"readings":"default"}""").Witness!.Request;
        Assert.NotEqual("111122223333", request.Principal.Account);
        Assert.Null(request.ResourceAccount);
        Assert.StartsWith("iam:", request.Action, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"question":"can","policy":{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"arn:*:*:*:111111111111:*"},{"Effect":"Deny","Action":[],"Resource":[],"Condition":{"StringNotEquals":{"aws:PrincipalArn":"arn:*:iam::1*:user/?"}}}]}}""")]
    [InlineData("""{"question":"no-public-access","policy":{"Statement":[{"Effect":"Allow","Action":"a:*","Resource":"arn:aws-cn:s3:::b","Condition":{"StringNotEquals":{"aws:PrincipalType":"A*"}}}]}}""")]
    [InlineData("""{"question":"can","policy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"},"Action":"a:b","Resource":"arn:aws:iam::111122223333:role/*"},{"Effect":"Allow","Principal":"*","Action":"a:c","Resource":"*"}]}}""")]
    [InlineData("""{"question":"granted","policy":{"Statement":[]},"required":{"Statement":[{"Effect":"Allow","Action":"b:*","NotResource":"arn:aws:*:::b"},{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::111122223333:user/a","Condition":{"ForAllValues:ArnLike":{"aws:ResourceAccount":"a"}}}]}}""")]
    public void An_account_lies_in_one_partition_and_owns_what_its_ARN_names(string query) => Assert.NotNull(Question(query).Witness);

    [Fact]
    public void The_ARN_of_an_identity_provider_is_not_just_any_ARN() => Assert.NotEqual(Verdict.Unknown, Question("""
        {"question":"not-granted","policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"b:b","Resource":"*"}]},
         "forbidden":{"Statement":[{"Effect":"Allow","Action":"b:*","Resource":"*"}]},"request":{"principal":{"like":"arn:aws:iam::1*:user/?"}}}
        """).Verdict);

    [Fact]
    public void What_the_world_is_like_does_not_depend_on_how_policies_are_read() =>
        Assert.Equal(Reading.NoWildcardInServiceField, Question($$"""
            {"question":"not-granted","account":"111122223333","identityPolicies":[{{Document(AllowAll, Deny(resource: "arn:aws:*:*:*:b"))}}],"forbidden":{{Document(Allow(action: "a:b", resource: "arn:aws:s3:e:111122223333:b"))}}}
            """).Witness?.Readings);
}
