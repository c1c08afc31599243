using System.Buffers;
using System.Collections.Immutable;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Answers;

namespace ProvableSec.Tool.Prove;

/// <summary>How the answers of a batch are written. Each worker has its own.</summary>
internal interface IQueryAnswerFormat
{
    /// <summary>Writes an answer, with its line end.</summary>
    void WriteAnswer(AskedAnswer asked, int line, IBufferWriter<byte> to);

    /// <summary>Writes the answer to a line that cannot be read, with its line end.</summary>
    /// <param name="line">Its number.</param>
    /// <param name="id">Its id as JSON, if that much could be read.</param>
    /// <param name="problems">What is wrong; never empty.</param>
    /// <param name="to">Takes the answer.</param>
    void WriteRefusal(int line, string? id, ImmutableArray<PolicyProblem> problems, IBufferWriter<byte> to);
}
