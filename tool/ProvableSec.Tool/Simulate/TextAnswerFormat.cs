using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Simulate;

/// <summary>Answers for a person: a line a case, and what needs saying below it.</summary>
internal sealed class TextAnswerFormat(bool color) : IAnswerFormat
{
    private const string Red = "\e[31m", Green = "\e[32m", Plain = "\e[0m";

    private readonly StringBuilder text = new();

    public void WriteDecision(AccessCase asked, Decision decision, IBufferWriter<byte> to)
    {
        Begin(asked.Id);
        Colored(DecisionWords.Of(decision.IsAllowed).PadRight(5), decision.IsAllowed ? Green : Red);
        text.Append("  ");
        switch (decision.Reason)
        {
            case DecisionReason.Allowed:
                text.Append("allowed").Append(decision.By.IsEmpty ? "" : " by ");
                Statements(decision.By);
                break;
            case DecisionReason.ExplicitDeny:
                text.Append("denied by ");
                Statements(decision.By);
                break;
            default:
                text.Append("not allowed by ").Append(decision.BlockedBy.IsEmpty ? "any policy"
                    : string.Join(", ", decision.BlockedBy.Select(PolicySlot.NameOf)));
                break;
        }

        if (asked.ExpectAllow is { } expected && expected != decision.IsAllowed)
        {
            text.Append("  ");
            Colored($"expected {DecisionWords.Of(expected)}", Red);
        }

        text.Append('\n');
        if (!decision.Missing.IsEmpty)
        {
            text.Append("    read, but not in the case: ").Append(Printable.Clean(string.Join(", ", decision.Missing))).Append('\n');
        }

        foreach (string warning in asked.Warnings.Select(ProblemText.Of).Concat(decision.Warnings.Select(Printable.Clean)))
        {
            text.Append("    warning: ").Append(warning).Append('\n');
        }

        End(to);
    }

    public void WriteRefusal(int line, string? id, ImmutableArray<PolicyProblem> problems, IBufferWriter<byte> to)
    {
        Begin(id ?? $"line {line}");
        Colored("error", Red);
        text.Append("  ").Append(ProblemText.Of(problems[0])).Append('\n');
        End(to);
    }

    private void Begin(string? id)
    {
        text.Clear();
        if (id is not null)
        {
            text.Append(Printable.Clean(id.Trim('"'))).Append("  ");
        }
    }

    private void Statements(ImmutableArray<DecidingStatement> statements)
    {
        for (int i = 0; i < statements.Length; i++)
        {
            DecidingStatement by = statements[i];
            text.Append(i > 0 ? ", " : "").Append(by.Slot.ToString()).Append(" statement ").Append(by.Statement.Index);
            if (by.Statement.Sid is { Length: > 0 } sid)
            {
                text.Append(" \"").Append(Printable.Clean(sid)).Append('"');
            }
        }
    }

    private void Colored(string word, string with)
    {
        if (color)
        {
            text.Append(with).Append(word).Append(Plain);
        }
        else
        {
            text.Append(word);
        }
    }

    private void End(IBufferWriter<byte> to)
    {
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, to);
        }
    }
}
