using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Certificates;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Certificates;
using ProvableSec.Reasoning.Tests.Evaluation;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Decisions;

/// <summary>
/// Every operator with every set operator, with and without IfExists, in an Allow and in a Deny, on values at its boundaries: the evaluator, the prover and
/// the checker of certificates say the same of each, and the prover never that it does not know.
/// </summary>
public sealed class OperatorDecisionTests
{
    private const string One = "a:k", Several = "aws:TagKeys", Free = ""","world":"free","readings":"default" """;

    public static TheoryData<string, string> Operators() =>
        [.. ComparedValues.All.SelectMany(v => (string?[])[v.Operator, v.Negated], (v, op) => (op, v.Value)).Where(r => r.op is not null)
            .Select(r => (r.op!, r.Value))];

    [Theory]
    [MemberData(nameof(Operators))]
    public void An_operator_decides_every_value(string op, string value)
    {
        ComparedValues values = ComparedValues.All.Single(v => (v.Operator == op || v.Negated == op) && v.Value == value);
        bool negated = op != values.Operator;
        foreach (string set in (string[])["", "ForAnyValue:", "ForAllValues:"])
        {
            foreach (bool ifExists in (bool[])[false, true])
            {
                foreach (string[] sent in Sent(values, set.Length > 0))
                {
                    bool Matches(string text) => values.Meets.Contains(text) != negated;
                    bool meets = sent.Length == 0 ? ifExists || set == "ForAllValues:" || (set.Length == 0 && negated)
                        : set == "ForAllValues:" ? sent.All(Matches)
                        : sent.Any(Matches);
                    string line = Ask.If(set + op + (ifExists ? "IfExists" : ""), set.Length > 0 ? Several : One, value);
                    Decide(line, set.Length > 0 ? Several : One, sent, meets);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void The_checker_of_certificates_compares_as_the_table_says(string op, string value)
    {
        ComparedValues values = ComparedValues.All.Single(v => (v.Operator == op || v.Negated == op) && v.Value == value);
        ValueSet set = ConditionDerivation.SetOf(Enum.Parse<ConditionComparison>(op), [PolicyPattern.Plain(value)]);
        Assert.All(values.Meets, text => Assert.True(set.Contains(text, Reading.None), text));
        Assert.All(values.Misses, text => Assert.False(set.Contains(text, Reading.None), text));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Null_decides_whether_the_key_is_there(string value, bool absent)
    {
        foreach (string[] sent in (string[][])[[], ["x"]])
        {
            Decide(Ask.If("Null", One, value), One, sent, sent.Length == 0 == absent);
            Decide(Ask.If("Null", Several, value), Several, sent, sent.Length == 0 == absent);
        }
    }

    private static IEnumerable<string[]> Sent(ComparedValues values, bool several)
    {
        yield return [];
        foreach (string text in values.Meets.Concat(values.Misses))
        {
            yield return [text];
        }

        if (several && values.Misses.Length > 0)
        {
            yield return [values.Meets[0], values.Misses[0]];
            yield return [values.Meets[0], values.Meets[^1]];
            yield return [values.Misses[0], values.Misses[^1]];
        }
    }

    private static void Decide(string line, string key, string[] sent, bool meets)
    {
        string shown = $"{line} with {(sent.Length == 0 ? "no value" : string.Join(" and ", sent))}";
        sent = [.. sent.Distinct()];
        Case allowing = sent.Length == 0 ? Case.If(line) : Case.If(line).Key(key, sent), denying = sent.Length == 0 ? Case.DeniedIf(line)
            : Case.DeniedIf(line).Key(key, sent);
        Assert.True(meets == allowing.Allowed(), $"the evaluator does not {(meets ? "allow" : "deny")} {shown}");
        Assert.True(meets != denying.Allowed(), $"the evaluator's Deny does not {(meets ? "match" : "let through")} {shown}");
        string property = Document(Ask.Allow(Exactly(key, sent), "a:b"));
        Asked(Document(Ask.Allow(line)), property, meets, shown);
        Asked(Document(AllowAll, Ask.Deny(line)), property, !meets, "Deny " + shown);
    }

    /// <summary>Both questions are decided, each in its direction; what holds has a certificate.</summary>
    private static void Asked(string policy, string property, bool allowed, string shown)
    {
        Query notGranted = Ask.Read(Certified.Question("not-granted", policy, "forbidden", property, Free)), granted =
            Ask.Read(Certified.Question("granted", policy, "required", property, Free));
        Answer none = Prover.Answer(notGranted), all = Prover.Answer(granted);
        Assert.True(none.Verdict == (allowed ? Verdict.Violated : Verdict.Holds), $"not-granted {shown}: {none.Verdict} {none.Reason}");
        Assert.True(all.Verdict == (allowed ? Verdict.Holds : Verdict.Violated), $"granted {shown}: {all.Verdict} {all.Reason}");
        (Query query, Answer answer) = allowed ? (granted, all) : (notGranted, none);
        CertificateResult result = CertificateWriter.Write(query, answer);
        Assert.True(result.Text is not null, $"no certificate of {shown}: {result.Reason}");
    }

    /// <summary>The key has exactly these values.</summary>
    private static string Exactly(string key, string[] sent)
    {
        string list = System.Text.Json.JsonSerializer.Serialize(sent);
        if (sent.Length == 0)
        {
            return Ask.If("Null", key, "true");
        }

        if (key == One)
        {
            return Ask.If("StringEquals", key, sent);
        }

        string each =
            string.Join(",",
            sent.Select((text, i) =>
            $"\"ForAnyValue:{(i == 0 ? "StringEquals" : "StringLike")}\":{{\"{key}\":{System.Text.Json.JsonSerializer.Serialize(text)}}}"));
        return $"{{\"ForAllValues:StringEquals\":{{\"{key}\":{list}}},{each}}}";
    }
}
