using Microsoft.CodeAnalysis;

namespace ProvableSec.CodeFixes;

/// <summary>Removes a key that is only used where none is configured.</summary>
internal sealed class FallbackRepair : Repair
{
    public override string Title => "Remove the key; what is configured stays (deactivate the key in IAM first)";

    public override IEnumerable<Edit> Edits(SemanticModel model, SyntaxNode place, CancellationToken cancellation) =>
        KeyUse.At(model, place, cancellation).SelectMany(use => KeyFallback.Removed(model, use.KeyArguments, cancellation));
}
