using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary>Answers of a batch for a person.</summary>
internal sealed class TextQueryAnswerFormat(bool color) : IQueryAnswerFormat
{
    public void WriteAnswer(AskedAnswer asked, int line, IBufferWriter<byte> to) => Write(
        new VerdictReport
        {
            Id = asked.Query.Id?.Trim('"') ?? line.ToString(CultureInfo.InvariantCulture),
            Says = QuestionNames.NameOf(asked.Query.Question),
            Expected = asked.Query.Expected,
            Query = asked.Query,
            Answer = asked.Answer,
            Micros = asked.Micros,
            Opinions = asked.Opinions,
            Certificate = asked.Certificate,
        },
        to);

    public void WriteRefusal(int line, string? id, ImmutableArray<PolicyProblem> problems, IBufferWriter<byte> to) =>
        Write(new VerdictReport { Id = id?.Trim('"') ?? line.ToString(CultureInfo.InvariantCulture), Problems = problems }, to);

    private void Write(VerdictReport report, IBufferWriter<byte> to)
    {
        var text = new StringWriter { NewLine = "\n" };
        new VerdictText(new StyledText(text, color, width: null), [(report.Id, report.Says)]).Write(report);
        Encoding.UTF8.GetBytes(text.ToString(), to);
    }
}
