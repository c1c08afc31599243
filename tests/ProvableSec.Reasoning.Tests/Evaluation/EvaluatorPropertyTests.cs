using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Laws that hold of every policy, on small random ones, and the comparisons against the platform's own.</summary>
public sealed class EvaluatorPropertyTests
{
    private const int Iterations = 5000;

    private static readonly Gen<string> Actions = Gen.OneOf("s3:GetObject", "s3:Get*", "S3:*", "*", "sqs:*", "kms:Decrypt", "sts:AssumeRole");
    private static readonly Gen<string> Resources = Gen.OneOf(
        "*", Case.Object, "arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3*", "arn:aws:*:::b/k", Case.KmsKey, "arn:aws:s3:::*k", Case.Role);

    private static readonly Gen<string> Conditions = Gen.OneOf(
        "{}",
        """{"StringEquals":{"aws:SourceVpc":"a"}}""",
        """{"StringNotEquals":{"aws:SourceVpc":["a","${aws:username}"]}}""",
        """{"StringEqualsIfExists":{"aws:SourceVpc":[]}}""",
        """{"StringLike":{"aws:SourceVpc":[]}}""",
        """{"ForAllValues:StringNotEquals":{"aws:TagKeys":"a"}}""",
        """{"ForAnyValue:StringEqualsIfExists":{"aws:TagKeys":["a","b"]}}""",
        """{"StringNotLike":{"aws:TagKeys":"a"}}""",
        """{"StringLike":{"aws:TagKeys":"a*"}}""",
        """{"ArnLike":{"aws:PrincipalArn":"arn:aws:*:*:*:user/*"}}""",
        """{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam"}}""",
        """{"NumericNotEquals":{"aws:SourceVpc":"1"}}""",
        """{"Bool":{"aws:SecureTransport":"${aws:PrincipalTag/t}"}}""",
        """{"Null":{"aws:SourceVpc":"true"}}""",
        """{"NotIpAddress":{"aws:SourceVpc":["a","10.0.0.0/8"]}}""",
        """{"DateLessThan":{"aws:SourceVpc":["2026-01-01","${aws:PrincipalTag/t}"]}}""",
        """{"Strange":{"aws:SourceVpc":"a"}}""",
        """{"StringEquals":{"aws:ResourceTag/x":"a"}}""");

    private static readonly Gen<string> Principals = Gen.OneOf(
        "\"Principal\":\"*\"",
        "\"Principal\":{\"AWS\":\"111122223333\"}",
        "\"Principal\":{\"AWS\":\"" + Case.User + "\"}",
        "\"Principal\":{\"AWS\":\"" + Case.Role + "\"}",
        "\"Principal\":{\"AWS\":[\"" + Case.Session + "\",\"" + Case.Federated + "\"]}",
        "\"Principal\":{\"AWS\":\"999988887777\"}",
        "\"Principal\":{\"Service\":\"sns.amazonaws.com\"}",
        "\"NotPrincipal\":{\"AWS\":[\"111122223333\",\"" + Case.User + "\"]}");

    private static readonly Gen<string> IdentityStatements = Statements(Gen.Const(""));
    private static readonly Gen<string> ResourceStatements = Statements(Principals.Select(principal => principal + ","));

    private static readonly Gen<AccessRequest> Requests = Gen.Select(
        Gen.OneOf(Case.User, Case.Role, Case.Session, Case.Federated, Case.Root, Case.Anonymous, "sns.amazonaws.com", Case.Outsider),
        Gen.OneOf("s3:GetObject", "sqs:SendMessage", "kms:Decrypt", "sts:AssumeRole", "s3:ListAllMyBuckets"),
        Gen.OneOf("*", Case.Object, "arn:aws:s3:::b/alice", Case.KmsKey, Case.Role, "arn:aws:s3:::b:x:k"),
        Gen.OneOf("", "a", "1", "a|b", "x", "10.1.2.3", "2025-12-31", "11.0.0.1|10.0.0.1"),
        Gen.OneOf("", "a", "a|b", "c"),
        Gen.Int[0, 3],
        (principal, action, resource, vpc, tags, more) =>
        {
            Case one = Case.By(principal).Does(action, resource);
            one = vpc.Length == 0 ? one : one.Key("aws:SourceVpc", vpc.Split('|'));
            one = tags.Length == 0 ? one : one.Key("aws:TagKeys", tags.Split('|'));
            one = (more & 1) == 0 ? one : one.Key("aws:ResourceTag/x", "a").Key("aws:ResourceTag/X", "b");
            one = (more & 2) == 0 ? one : one.Key("aws:PrincipalTag/t", "true").Key("aws:SecureTransport", "true");
            return one.Request;
        });

    private static readonly Gen<(Stack Stack, AccessRequest Request)> Cases = Gen.Select(
        IdentityStatements.Array[0, 4], ResourceStatements.Array[0, 3], IdentityStatements.Array[0, 2], IdentityStatements.Array[0, 2],
            IdentityStatements.Array[0, 2], Gen.Int[0, 15], Requests,
        (identity, resource, boundary, session, scp, present, request) => (new Stack(identity, resource, boundary, session, scp, present), request));

    private static readonly Gen<Reading> Readings = Gen.Int[0, (1 << 16) - 1].Select(flags => (Reading)flags);

    [Fact]
    public void Property_AddingADenyNeverAllowsMore() => Gen.Select(Cases, IdentityStatements, ResourceStatements, Gen.Int[0, 4], Readings)
        .Each(Iterations, (one, plain, named, where, readings) =>
    {
        Decision before = Evaluator.Decide(one.Stack.Read(), one.Request, readings);
        Decision after = Evaluator.Decide(one.Stack.Adding(where, Denying(where == 1 ? named : plain)).Read(), one.Request, readings);
        return before.IsAllowed || !after.IsAllowed;
    });

    [Fact]
    public void Property_AddingAnAllowToIdentityNeverDenies() => Gen.Select(Cases, IdentityStatements, Readings).Each(Iterations, (one, statement, readings) =>
    {
        Decision before = Evaluator.Decide(one.Stack.Read(), one.Request, readings);
        Decision after = Evaluator.Decide(one.Stack.Adding(0, statement.Replace("Deny", "Allow", StringComparison.Ordinal)).Read(), one.Request, readings);
        return !before.IsAllowed || after.IsAllowed;
    });

    [Fact]
    public void Property_OrderOfStatementsDoesNotMatter() => Gen.Select(Cases, Readings).Each(Iterations, (one, readings) =>
    {
        Decision forth = Evaluator.Decide(one.Stack.Read(), one.Request, readings), back = Evaluator.Decide(one.Stack.Reversed().Read(), one.Request, readings);
        return forth.Reason == back.Reason && forth.BlockedBy.SequenceEqual(back.BlockedBy) && forth.Missing.SequenceEqual(back.Missing)
            && forth.ReadingsUsed == back.ReadingsUsed;
    });

    [Fact]
    public void Property_ReadingsThatWereNotMetDoNotMatter() => Gen.Select(Cases, Readings, Readings).Each(Iterations, (one, readings, others) =>
    {
        PolicyStack stack = one.Stack.Read();
        Decision decision = Evaluator.Decide(stack, one.Request, readings);
        Decision other = Evaluator.Decide(stack, one.Request, (readings & decision.ReadingsUsed) | (others & ~decision.ReadingsUsed));
        return decision.Reason == other.Reason && decision.BlockedBy.SequenceEqual(other.BlockedBy) && decision.ReadingsUsed == other.ReadingsUsed;
    });

    [Fact]
    public void Property_SameQuestionSameAnswer() => Cases.Each(Iterations, one =>
    {
        PolicyStack stack = one.Stack.Read();
        Decision first = Evaluator.Decide(stack, one.Request), second = Evaluator.Decide(stack, one.Request);
        return first.Reason == second.Reason && first.By.SequenceEqual(second.By) && first.Warnings.SequenceEqual(second.Warnings);
    });

    [Fact]
    public void Property_RequestsBeforeDoNotMatter() => Gen.Select(Cases, Requests.Array[1, 4], Readings).Each(Iterations, (one, before, readings) =>
    {
        PolicyStack stack = one.Stack.Read();
        Array.ForEach(before, request => Evaluator.Decide(stack, request, readings));
        Decision first = Evaluator.Decide(one.Stack.Read(), one.Request, readings), later = Evaluator.Decide(stack, one.Request, readings);
        return first.Reason == later.Reason
            && first.By.Select(by => (by.Slot, by.Statement.Index)).SequenceEqual(later.By.Select(by => (by.Slot, by.Statement.Index)))
            && first.BlockedBy.SequenceEqual(later.BlockedBy) && first.Missing.SequenceEqual(later.Missing)
            && first.Warnings.SequenceEqual(later.Warnings) && first.ReadingsUsed == later.ReadingsUsed;
    });

    [Fact]
    public void Property_NotActionComplementsAction() => Gen.Select(Actions.Array[1, 3], Requests).Each(Iterations, (actions, request) =>
    {
        string list = string.Join("\",\"", actions);
        return Alone($$"""{"Effect":"Allow","Action":["{{list}}"],"Resource":"*"}""",
            request) != Alone($$"""{"Effect":"Allow","NotAction":["{{list}}"],"Resource":"*"}""", request);
    });

    [Fact]
    public void Property_NotResourceComplementsResource() => Gen.Select(Resources.Array[1, 3], Requests).Each(Iterations, (resources, request) =>
    {
        string list = string.Join("\",\"", resources);
        return Alone($$"""{"Effect":"Allow","Action":"*","Resource":["{{list}}"]}""",
            request) != Alone($$"""{"Effect":"Allow","Action":"*","NotResource":["{{list}}"]}""", request);
    });

    [Fact]
    public void Property_NegatedOperatorComplementsPositive_OnASingleValue()
    {
        (string Positive, string Negated)[] pairs =
        [
            ("StringEquals", "StringNotEquals"), ("StringLike", "StringNotLike"), ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
            ("NumericEquals", "NumericNotEquals"), ("DateEquals", "DateNotEquals"), ("IpAddress", "NotIpAddress"), ("ArnLike", "ArnNotLike"),
                ("ArnEquals", "ArnNotEquals"),
        ];
        Gen<string> values = Gen.OneOf("a", "A", "a*", "1", "1.0", "2024", "2024-01-01", "10.0.0.1", "10.0.0.0/8", "arn:aws:sns:x:1:t", "arn:aws:sns:*:*:*",
            "arn:*", "${aws:username}", "");
        Gen.Select(Gen.OneOf(pairs), values.Array[1, 3], values.Where(value => !value.Contains('$')), Gen.Bool).Each(Iterations,
            (pair, wanted, value, set) =>
            {
                AccessRequest request = Case.By(Case.Session).Key("k:v", value).Request;
                string list = string.Join("\",\"", wanted), prefix = set ? "ForAnyValue:" : "";
                return Alone(Case.Statement($$$$"""{"{{{{prefix}}}}{{{{pair.Positive}}}}":{"k:v":["{{{{list}}}}"]}}"""), request)
                    != Alone(Case.Statement($$$$"""{"{{{{prefix}}}}{{{{pair.Negated}}}}":{"k:v":["{{{{list}}}}"]}}"""), request);
            });
    }

    [Fact]
    public void Property_ResourcePatternsAreTheseRegularExpressions()
    {
        // The rule written the other way round, for a regular expression engine: what a star may cross depends on what stands behind it.
        static string Expression(string pattern, bool innerStops)
        {
            int sixth = 0;
            for (int colons = 0; colons < 5; sixth++)
            {
                colons += pattern[sixth] == ':' ? 1 : 0;
            }

            string collapsed = Regex.Replace(pattern, @"\*+", "*");
            sixth -= pattern.Length - collapsed.Length == 0 ? 0 : pattern[..sixth].Length - Regex.Replace(pattern[..sixth], @"\*+", "*").Length;
            return "^" + string.Concat(collapsed.Select((c, i) => c switch
            {
                '*' when i + 1 == collapsed.Length || collapsed[i + 1] == ':' || (i >= sixth && !innerStops) => "(?s:.*)",
                '*' => "[^:]*",
                '?' => "[^:]",
                _ => Regex.Escape(c.ToString()),
            })) + "\\z";
        }

        Gen<string> rest = Gen.Char["ab:*?"].Array[0, 8].Select(chars => new string(chars));
        Gen<string> field = Gen.Char["ab*?"].Array[0, 3].Select(chars => new string(chars));
        Gen.Select(field, field, rest, Gen.Char["ab:"].Array[0, 14], Gen.Bool).Each(30_000,
            (region, account, end, text, innerStops) =>
            {
                string pattern = $"arn:aws:s3:{region}:{account}:{end}", resource = "arn:aws:s3:" + new string(text);
                bool covers = Evaluator.AllowsAlone(
                    Case.Policy($$"""{"Effect":"Allow","Action":"*","Resource":"{{pattern}}"}"""),
                    PolicyStack.Empty,
                    Case.By(Case.User).On(resource).Request,
                    innerStops ? Reading.InnerStarStopsAtColon : Reading.None);
                return covers == Regex.IsMatch(resource, Expression(pattern, innerStops));
            });
    }

    [Fact]
    public void Property_StringLikeIsThisRegularExpression() => Gen.Select(Gen.Char["ab*?"].Array[0, 8], Gen.Char["ab*?"].Array[0, 10])
        .Each(20_000, (pattern, text) =>
    {
        string expression = "^" + string.Concat(pattern.Select(c => c == '*' ? ".*" : c == '?' ? "." : c.ToString())) + "\\z";
        return Holds("StringLike", new string(pattern), new string(text)) == Regex.IsMatch(new string(text), expression);
    });

    [Fact]
    public void Property_NumbersCompareAsDecimals() => Gen.Select(Gen.Decimal[-1000, 1000], Gen.Decimal[-1000, 1000], Gen.Int[0, 3], Gen.Int[0, 3])
        .Each(Iterations, (a, b, digitsA, digitsB) =>
    {
        a = Math.Round(a / 100, digitsA);
        b = Math.Round(b / 100, digitsB);
        string one = a.ToString(CultureInfo.InvariantCulture), other = b.ToString(CultureInfo.InvariantCulture);
        return Holds("NumericLessThan", other, one) == (a < b) && Holds("NumericGreaterThanEquals", other, one) == (a >= b)
            && Holds("NumericEquals", other, one) == (a == b);
    });

    [Fact]
    public void Property_DatesCompareAsMoments() => Gen.Select(Gen.Long[-62135596800, 253402300799], Gen.Int[-14 * 60, 14 * 60], Gen.Int[-2, 2])
        .Each(Iterations, (seconds, zone, shift) =>
    {
        DateTimeOffset moment = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, -62135510400, 253402214400)).ToOffset(TimeSpan.FromMinutes(zone));
        string text = moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), epoch = (moment.ToUnixTimeSeconds() + shift)
            .ToString(CultureInfo.InvariantCulture);
        return epoch.Length == 4 || (Holds("DateLessThan", epoch, text) == (0 < shift) && Holds("DateEquals", epoch, text) == (0 == shift));
    });

    [Fact]
    public void Property_AddressesLieInRangesAsThePlatformSays() => Gen.Select(Gen.Byte.Array[16], Gen.Int[0, 128], Gen.Int[0, 127], Gen.Bool)
        .Each(Iterations, (bytes, prefix, flipped, isV4) =>
    {
        byte[] address = isV4 ? bytes[..4] : bytes;
        prefix = isV4 ? prefix % 33 : prefix;
        flipped = isV4 ? flipped % 32 : flipped;
        byte[] other = [.. address];
        other[flipped / 8] ^= (byte)(0x80 >> (flipped % 8));
        string range = $"{new IPAddress(address)}/{prefix}", value = new IPAddress(other).ToString();
        return Holds("IpAddress", range, value) == (flipped >= prefix);
    });

    private static bool Holds(string op, string wanted, string value) =>
        Alone(Case.Statement($$$"""{"{{{op}}}":{"k:v":"{{{wanted}}}"}}"""), Case.By(Case.User).Key("k:v", value).Request);

    private static bool Alone(string statement, AccessRequest request) => Evaluator.AllowsAlone(Case.Policy(statement), PolicyStack.Empty, request);

    private static string Denying(string statement) => statement.Replace("\"Allow\"", "\"Deny\"", StringComparison.Ordinal);

    private static Gen<string> Statements(Gen<string> principals) => Gen.Select(
        Gen.Frequency((3, Gen.Const("Allow")), (1, Gen.Const("Deny"))), Gen.Frequency((4, Gen.Const("")), (1, Gen.Const("Not"))), Actions,
            Gen.Frequency((4, Gen.Const("")), (1, Gen.Const("Not"))), Resources, Conditions, principals,
        (effect, notAction, action, notResource, resource, condition, principal) =>
            $$$"""{"Effect":"{{{effect}}}",{{{principal}}}"{{{notAction}}}Action":"{{{action}}}","{{{notResource}}}Resource":"{{{resource}}}","Condition":{{{condition}}}}""");

    /// <summary>The texts of a stack's statements, so that a law can add to them or turn them round.</summary>
    private sealed record Stack(string[] Identity, string[] Resource, string[] Boundary, string[] Session, string[] Scp, int Present)
    {
        public Stack Adding(int where, string statement) => where switch
        {
            0 => this with { Identity = [.. Identity, statement] },
            1 => this with { Resource = [.. Resource, statement] },
            2 => this with { Boundary = [.. Boundary, statement] },
            3 => this with { Session = [.. Session, statement] },
            _ => this with { Scp = [.. Scp, statement] },
        };

        public Stack Reversed() => new([.. Identity.Reverse()], [.. Resource.Reverse()], [.. Boundary.Reverse()], [.. Session.Reverse()], [.. Scp.Reverse()],
            Present);

        public PolicyStack Read() => new()
        {
            IdentityPolicies = [Case.Policy(Identity)],
            ResourcePolicy = (Present & 1) == 0 ? null : Case.Policy(Resource),
            PermissionsBoundary = (Present & 2) == 0 ? null : Case.Policy(Boundary),
            SessionPolicies = (Present & 4) == 0 ? null : ImmutableArray.Create(Case.Policy(Session)),
            ServiceControlPolicies = (Present & 8) == 0 ? null : ImmutableArray.Create(ImmutableArray.Create(Case.Policy(Scp), Case.Policy(Case.AllowAll))),
        };
    }
}
