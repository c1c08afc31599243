using System.Buffers;
using System.Text;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Prove;

/// <summary>For programs: the answer as one JSON object, as those of a batch are.</summary>
/// <param name="indented">Whether it takes more than one line.</param>
internal sealed class JsonProveReport(bool indented) : IReport<ProveResult>
{
    public void Write(ProveResult result, CommandConsole console)
    {
        var bytes = new ArrayBufferWriter<byte>();
        new JsonQueryAnswerFormat(indented).WriteAnswer(result.Asked, 1, bytes);
        console.OutputText.Write(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }
}
