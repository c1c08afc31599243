using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>What is below a verdict's line: the request that shows it, the statements that decide, what is missing.</summary>
internal sealed class VerdictExplanation
{
    private const int MostConditions = 3, MostNearMisses = 3;

    private readonly ExplanationText text;
    private readonly string indent;
    private readonly Query query;
    private readonly Answer answer;

    public VerdictExplanation(ExplanationText text, string indent, Query query, Answer answer)
    {
        this.text = text;
        this.indent = indent;
        this.query = query.AsMeant();
        this.answer = answer;
    }

    public void Write()
    {
        if (answer.Witness is { } witness)
        {
            WriteWitness(witness, ProbeOf(witness));
        }
        else
        {
            WriteBlockers();
        }
    }

    private StatementProbe ProbeOf(Witness witness) =>
        new(witness, PolicyStack.Empty with { Organization = query.Subject.Stack?.Organization });

    private void WriteWitness(Witness witness, StatementProbe probe)
    {
        bool allowed = probe.Allows(query.Subject);
        text.Line(indent + query.Question switch
        {
            Question.Can => "A request that gets through",
            Question.Granted => "A request that does not get through",
            Question.NotGranted => "A request that gets through",
            Question.NoPublicAccess => "An outsider's request that gets through",
            _ => (allowed, query.Subject.LetsThrough) switch
            {
                (true, true) => "A request that the policy lets through and the baseline does not",
                (true, false) => "A request that the policy allows and the baseline does not",
                (false, true) => "A request that the baseline lets through and the policy does not",
                _ => "A request that the baseline allows and the policy does not",
            },
        });
        WitnessText.WriteTable(text, indent, witness, Absent(probe));
        if (allowed && query.Subject.LetsThrough)
        {
            // Without a baseline it is said below.
            if (query.Baseline is not null)
            {
                WriteNothingDenies(witness.Request, probe);
            }
        }
        else if (allowed)
        {
            WriteAllowed(witness.Request, probe);
        }
        else
        {
            WriteDenied(witness.Request, probe, query.Subject);
        }

        if (query.Baseline is { } baseline)
        {
            if (allowed)
            {
                text.Line($"{indent}In the baseline:");
                WriteDenied(witness.Request, probe, baseline);
            }
        }
        else if (allowed && query.Question != Question.Can)
        {
            WriteNothingDenies(witness.Request, probe);
            string[] remedies = [.. Remedies.Of(query.Question, query.Subject, witness.Request, probe)];
            if (remedies.Length > 0)
            {
                text.Write(indent + "Would block it: ", TextTone.Strong).Line(string.Join("; or ", remedies) + ".");
            }
        }
    }

    /// <summary>The keys that some statement about this action and resource asks for and the request lacks.</summary>
    private string[] Absent(StatementProbe probe) =>
    [
        .. query.Subject.Documents().SelectMany(document => document.Statements).Where(probe.MatchesButForConditions)
            .SelectMany(statement => statement.Conditions).Where(probe.Lacks).Select(condition => condition.Key).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private void WriteAllowed(AccessRequest request, StatementProbe probe)
    {
        var limits = new List<string>();
        foreach ((PolicySlot? slot, PolicyDocument document) in Placed(query.Subject))
        {
            foreach (Statement statement in document.Statements.Where(s => s.Effect == Effect.Allow && probe.Matches(s)))
            {
                DecidingToken token = DecidingToken.Of(statement, request, probe);
                string place = StatementPlace.Of(document, statement, token.Span);
                if (slot is { } limit && !PolicyLayers.Of(limit.Layer).Grants)
                {
                    // What a boundary or control policy allows is seldom the surprise.
                    limits.Add($"{PolicySlot.NameOf(limit.Layer)} ({place})");
                    break;
                }

                text.Write(indent + "Allowed by ", TextTone.Strong).Line(place);
                CodeFrame.Write(text, indent + "  ", document.Source, token.Span, token.Note);
                if (query.Baseline is not null)
                {
                    // Two versions of a policy differ in their conditions as often as in their actions.
                    WriteConditions(document, statement.Conditions, request, probe);
                }
            }
        }

        if (limits.Count > 0)
        {
            text.Line($"{indent}Let through by {string.Join(", ", limits.Distinct())}");
        }
    }

    private void WriteDenied(AccessRequest request, StatementProbe probe, Subject subject)
    {
        bool denied = false;
        foreach ((_, PolicyDocument document) in Placed(subject))
        {
            foreach (Statement statement in document.Statements.Where(s => s.Effect == Effect.Deny && probe.Matches(s)))
            {
                denied = true;
                WriteDeny(document, statement, request, probe);
            }
        }

        if (denied)
        {
            return;
        }

        if (subject.Stack is null)
        {
            if (!WriteNearMisses("No statement allows it", Placed(subject), Effect.Allow, request, probe))
            {
                text.Line(indent + "No statement allows it.");
            }

            return;
        }

        foreach (string layer in answer.Because.Where(because => because.Layer is not null).Select(because => because.Layer!).Distinct())
        {
            if (layer.EndsWith("ControlPolicies", StringComparison.Ordinal))
            {
                // Every level must allow; which one does not is not said.
                text.Line($"{indent}A level of {layer} does not allow it.");
                continue;
            }

            IEnumerable<(PolicySlot? Slot, PolicyDocument Document)> documents =
                Placed(subject).Where(placed => placed.Slot!.Value.ToString().StartsWith(layer, StringComparison.Ordinal));
            if (!WriteNearMisses($"Nothing in {layer} allows it", documents, Effect.Allow, request, probe))
            {
                text.Line($"{indent}Nothing in {layer} allows it.");
            }
        }
    }

    private void WriteDeny(PolicyDocument document, Statement statement, AccessRequest request, StatementProbe probe)
    {
        DecidingToken token = DecidingToken.Of(statement, request, probe);
        text.Write(indent + "Denied by ", TextTone.Strong).Line(StatementPlace.Of(document, statement, token.Span));
        CodeFrame.Write(text, indent + "  ", document.Source, token.Span, token.Note);
        WriteConditions(document, statement.Conditions, request, probe);
    }

    private void WriteConditions(PolicyDocument document, IEnumerable<Condition> conditions, AccessRequest request, StatementProbe probe)
    {
        foreach (Condition condition in conditions.Take(MostConditions))
        {
            DecidingToken key = DecidingToken.Of(condition, request, probe);
            CodeFrame.Write(text, indent + "  ", document.Source, key.Span, key.Note);
        }
    }

    private void WriteNothingDenies(AccessRequest request, StatementProbe probe)
    {
        if (!WriteNearMisses("Nothing denies it", Placed(query.Subject), Effect.Deny, request, probe))
        {
            text.Line(indent + "Nothing denies it.");
        }
    }

    /// <summary>The statements that would decide the other way, were it not for a condition.</summary>
    private bool WriteNearMisses(string claim, IEnumerable<(PolicySlot? Slot, PolicyDocument Document)> documents, Effect effect, AccessRequest request,
        StatementProbe probe)
    {
        int told = 0;
        foreach ((_, PolicyDocument document) in documents)
        {
            foreach (Statement statement in document.Statements.Where(s => s.Effect == effect && probe.MatchesButForConditions(s)))
            {
                Condition[] unmet = [.. statement.Conditions.Where(condition => !probe.Meets(condition))];
                if (unmet.Length == 0 || ++told > MostNearMisses)
                {
                    continue;
                }

                text.Write($"{indent}{claim}: ", TextTone.Strong)
                    .Line($"{StatementPlace.Of(document, statement, unmet[0].KeySpan)} would, but for {string.Join(" and ", unmet.Select(Named))}");
                WriteConditions(document, unmet, request, probe);
            }
        }

        return told > 0;
    }

    private static string Named(Condition condition) => $"{condition.Operator.Name} {condition.Key}";

    /// <summary>For what is proved: the statements each of which alone is needed for it.</summary>
    private void WriteBlockers()
    {
        if (query.Question == Question.Can)
        {
            text.Line($"{indent}No completion of the request is allowed.");
        }

        if (query.Request == RequestPattern.Any && answer.Because.IsEmpty)
        {
            return;
        }

        foreach (Because because in answer.Because)
        {
            if (because is { Statement: { } statement, Document: { } document })
            {
                text.Write(indent + "Because of ", TextTone.Strong).Line(StatementPlace.Of(document, statement, statement.Action.NameSpan));
                CodeFrame.Write(text, indent + "  ", document.Source, statement.Action.NameSpan, "");
            }
            else
            {
                text.Line($"{indent}Because nothing in {because.Layer} allows it.");
            }
        }
    }

    private static IEnumerable<(PolicySlot? Slot, PolicyDocument Document)> Placed(Subject subject) => subject.Document is { } alone
        ? [(null, alone)]
        : subject.Stack!.Documents().GroupBy(placed => (placed.Slot.Layer, placed.Document))
            .Select(same => ((PolicySlot?)same.First().Slot, same.Key.Document));
}
