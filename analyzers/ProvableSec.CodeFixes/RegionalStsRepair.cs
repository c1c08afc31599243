using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProvableSec.CodeFixes;

/// <summary>Names the Region that the SDK finds, from the environment, the profile or the instance, in place of the global endpoint or none.</summary>
internal sealed class RegionalStsRepair : Repair
{
    private const string Region = "global::Amazon.Runtime.FallbackRegionFactory.GetRegionEndpoint()";

    public override string Title => "Call STS in the Region of the program";

    public override IEnumerable<Edit> Edits(SemanticModel model, SyntaxNode place, CancellationToken cancellation)
    {
        foreach (ExpressionSyntax at in place.AncestorsAndSelf().OfType<ExpressionSyntax>())
        {
            switch (at)
            {
                case AssignmentExpressionSyntax assignment when NameOf(assignment.Left) is { Identifier.ValueText: "ServiceURL" } url:
                    yield return new Edit(url, SyntaxFactory.IdentifierName("RegionEndpoint").WithTriviaFrom(url));
                    yield return new Edit(assignment.Right, SdkCredentials.Parse(Region).WithTriviaFrom(assignment.Right));
                    yield break;
                case AssignmentExpressionSyntax { Right: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Legacy" } legacy }:
                    yield return new Edit(legacy.Name, SyntaxFactory.IdentifierName("Regional").WithTriviaFrom(legacy.Name));
                    yield break;
                case AssignmentExpressionSyntax assignment:
                    yield return new Edit(assignment.Right, SdkCredentials.Parse(Region).WithTriviaFrom(assignment.Right));
                    yield break;
                case { Parent: ArgumentSyntax }:
                    yield return new Edit(at, SdkCredentials.Parse(Region).WithTriviaFrom(at));
                    yield break;
            }
        }
    }

    private static SimpleNameSyntax? NameOf(ExpressionSyntax target) => target is MemberAccessExpressionSyntax access ? access.Name
        : target as SimpleNameSyntax;
}
