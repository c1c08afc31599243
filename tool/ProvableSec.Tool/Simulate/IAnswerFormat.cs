using System.Buffers;
using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Simulate;

/// <summary>How answers are written. Each worker has its own.</summary>
internal interface IAnswerFormat
{
    /// <summary>Writes the answer to a case, with its line end.</summary>
    void WriteDecision(AccessCase asked, Decision decision, IBufferWriter<byte> to);

    /// <summary>Writes the answer to a case that cannot be read, with its line end.</summary>
    /// <param name="line">The line it begins at.</param>
    /// <param name="id">Its id as JSON, if that much could be read.</param>
    /// <param name="problems">What is wrong; never empty.</param>
    /// <param name="to">Takes the answer.</param>
    void WriteRefusal(int line, string? id, ImmutableArray<PolicyProblem> problems, IBufferWriter<byte> to);
}
