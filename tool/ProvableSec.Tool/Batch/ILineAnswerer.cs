using System.Buffers;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Batch;

/// <summary>Answers the lines of a batch. Each worker has its own, which need not be thread-safe; a command adds up what they counted.</summary>
internal interface ILineAnswerer
{
    /// <summary>Answers a line that is text and not empty.</summary>
    /// <param name="line">The line, which knows its place.</param>
    /// <param name="lineNumber">Its number.</param>
    /// <param name="answers">For each output of the batch, takes the answer with its line feed.</param>
    /// <param name="messages">Takes what goes to the error stream.</param>
    void Answer(DocumentText line, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages);

    /// <summary>Answers a line whose bytes tell enough, so that it need not be text; false, and nothing done, for any other.</summary>
    bool TryAnswer(ReadOnlySpan<byte> line, IReadOnlyList<IBufferWriter<byte>> answers) => false;

    /// <summary>Answers a line that is not text, or too long.</summary>
    void Refuse(PolicyProblem problem, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages);
}
