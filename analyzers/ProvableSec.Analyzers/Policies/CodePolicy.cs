using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace ProvableSec.Analyzers.Policies;

/// <summary>A policy, or a template with policies, that an expression of code gives.</summary>
internal sealed class CodePolicy
{
    private const int ShortestPolicy = 15;

    private readonly bool isSpread;

    private CodePolicy(IReadOnlyList<CodeBranch> branches, PolicyContext? context, PolicyContext like)
    {
        CodeBranch first = branches[0];
        Text = first.Text;
        bool isImplied = first.Objects?.IsImplied == true;
        IReadOnlyList<FoundPolicy> found = PolicyDocuments.In(first.Json, context?.Type,
            context is null ? like : like with { Type = context.Type, ResourceType = context.ResourceType, IsForUser = context.IsForUser });
        PublicAccessBlock block = first.Objects?.Block ?? CdkBuckets.BlockOn(first.Whole);
        // A policy that other branches have too, or that they lack, is found in each with its own places.
        isSpread = found.Count == 1 && branches.Any(branch => branch.Words.Count > 0);
        Policies = isSpread
            ? [found[0] with { IsImplied = isImplied, Text = Text,
                Branches = [.. branches.Select(branch => new PolicyBranch(branch.Words, branch.Text) { Block = block })] }]
            : [.. found.Select(policy => policy with { IsImplied = isImplied || policy.IsImplied, Block = policy.Block | block })];
    }

    /// <summary>The policies.</summary>
    public IReadOnlyList<FoundPolicy> Policies { get; }

    /// <summary>The JSON that the code gives, each character with its place in the file.</summary>
    public MappedText Text { get; }

    /// <summary>The kinds of operations at which policies begin.</summary>
    public static readonly OperationKind[] Kinds =
    [
        OperationKind.Literal, OperationKind.Utf8String, OperationKind.Binary, OperationKind.InterpolatedString,
        OperationKind.ObjectCreation, OperationKind.AnonymousObjectCreation, OperationKind.SimpleAssignment, OperationKind.Invocation,
    ];

    /// <summary>Whether a policy may begin at an operation: a look that costs next to nothing, since of thousands of operations hardly one is a
    /// policy.</summary>
    public static bool MayBeAt(IOperation operation)
    {
        // The kind first: it is a number, and to ask for a type of operation is to look through interfaces.
        switch (operation.Kind)
        {
            case OperationKind.Utf8String:
                return true;
            case OperationKind.ObjectCreation:
                return PolicyObjects.MayBe((IObjectCreationOperation)operation);
            case OperationKind.AnonymousObjectCreation:
                return operation.Type?.GetMembers("Statement").IsEmpty == false;
            case OperationKind.SimpleAssignment:
                return operation.Parent?.Kind == OperationKind.ObjectOrCollectionInitializer || CdkGrants.MayBe((ISimpleAssignmentOperation)operation);
            case OperationKind.Invocation:
                return CdkGrants.MayBe((IInvocationOperation)operation);
            case OperationKind.Literal or OperationKind.InterpolatedString or OperationKind.Binary:
                return operation.Type?.SpecialType == SpecialType.System_String && MayBeginJson(operation);
            default:
                return false;
        }
    }

    /// <summary>The policy that begins at an operation; null for one that is not a policy, or only a part of one.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="like">What is known of all policies of the file; its type is not looked at.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static CodePolicy? At(IOperation operation, Func<PolicyContext> like, CancellationToken cancellation)
    {
        CodeBranch[] branches =
        [
            .. CodeChoice.Each(() => Read(operation, cancellation)).Select(branch => branch.Result is { } read ? read with { Words = branch.Words } : null)
                .OfType<CodeBranch>(),
        ];
        if (branches is not [{ Whole: var whole, Json: var json, Objects: var objects }, ..])
        {
            return null;
        }

        // What holds a policy below its top, such as an event, an answer or a schema, is none itself.
        return PolicyDocuments.KindOf(json.Root) == DocumentKind.Other && json.Root.Kind == JsonKind.Object && !PolicyUses.IsGiven(whole)
            ? null
            : new CodePolicy(branches, objects?.Context ?? PolicyUses.ContextOf(whole, json), like());
    }

    /// <summary>The policy on the branch that is looked at.</summary>
    private static CodeBranch? Read(IOperation operation, CancellationToken cancellation)
    {
        PolicyObjects? objects = operation is IObjectCreationOperation or IAnonymousObjectCreationOperation or ISimpleAssignmentOperation
            or IInvocationOperation ? PolicyObjects.At(operation) : null;
        (MappedText Text, IOperation Whole)? found = objects is not null ? OfObjects(objects, operation, cancellation)
            : operation is ILiteralOperation or IUtf8StringOperation or IBinaryOperation or IInterpolatedStringOperation ? OfText(operation, cancellation)
            : null;
        if (found is not var (text, whole) || IsPattern(whole))
        {
            return null;
        }

        JsonTree json = JsonTreeReader.Read(new DocumentText(text.Text));
        // Where the program puts in a piece of JSON, the text may be well-formed after all.
        return UnknownText.IsIn(text.Text) && json.Problems.Any(problem => problem.IsError) ? null : new CodeBranch([], text, json, whole, objects);
    }

    /// <summary>Whether it is a part of what a test expects of a template, a pattern and not a policy that anybody deploys, or of an authorizer's
    /// answer.</summary>
    private static bool IsPattern(IOperation policy)
    {
        for (IOperation? parent = policy.Parent; parent is not null; parent = parent.Parent)
        {
            // A Lambda authorizer's answer holds one that no principal and no resource has.
            if (parent is IAnonymousObjectCreationOperation or IObjectCreationOperation && parent != policy
                && CodeValues.MembersOf(parent) is { } members && members.Any(member => member.Name.Equals("principalId", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }

            if (parent is IInvocationOperation { TargetMethod.ContainingType: { ContainingNamespace.Name: "Assertions" } type }
                && type.ContainingNamespace.ToDisplayString() == "Amazon.CDK.Assertions")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The characters of the file that some of the JSON are from.</summary>
    public TextSpan SpanOf(ProvableSec.Policy.Text.TextRange span)
    {
        ProvableSec.Policy.Text.TextRange source = isSpread ? span : Text.SourceOf(span);
        return new TextSpan(source.Start, source.Length);
    }

    private static (MappedText Text, IOperation Whole)? OfText(IOperation operation, CancellationToken cancellation)
    {
        bool isGiven = operation.Type?.SpecialType == SpecialType.System_String && PolicyUses.IsGiven(operation);
        if (IsPartOfText(operation) || !(isGiven || MayBePolicy(operation)))
        {
            return null;
        }

        MappedText text = FilledIn.Of(operation, CodeText.Of(operation, TreeText.Of(operation.Syntax.SyntaxTree, cancellation)));
        return (isGiven ? text.Text.AsSpan().TrimStart() is ['{' or '[', ..] : LooksLikePolicy(text.Text)) ? (text, operation) : null;
    }

    private static (MappedText Text, IOperation Whole)? OfObjects(PolicyObjects policy, IOperation operation, CancellationToken cancellation)
    {
        var json = new JsonOfCode(TreeText.Of(operation.Syntax.SyntaxTree, cancellation));
        policy.Write(json);
        MappedText text = json.Build();
        return PolicyUses.IsGiven(policy.Whole) || (Says(text.Text, "\"Effect") && Says(text.Text, "Action")) ? (text, policy.Whole) : null;
    }

    /// <summary>A look at the syntax that costs nothing: of thousands of texts in a program hardly one is a policy.</summary>
    private static bool MayBePolicy(IOperation operation) => operation switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: string value } } => value.Length >= ShortestPolicy && Names(value, 0, value.Length),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } or IInterpolatedStringOperation
            or IUtf8StringOperation
            => operation.Syntax.Span is { Length: >= ShortestPolicy } span && Names(TreeText.Of(operation.Syntax.SyntaxTree), span.Start, span.Length),
        _ => false,
    };

    /// <summary>Whether the text that an expression gives may begin with a brace or bracket.</summary>
    private static bool MayBeginJson(IOperation operation)
    {
        IOperation first = CodeValues.Bare(operation);
        while (first is IBinaryOperation { LeftOperand: var left })
        {
            first = CodeValues.Bare(left);
        }

        first = first is not IInterpolatedStringOperation { Parts: [var part, ..] } ? first
            : part is IInterpolatedStringTextOperation text ? text.Text
            : ((part as IInterpolationOperation)?.Expression ?? first);
        return first.ConstantValue is not { HasValue: true, Value: string constant } || constant.AsSpan().TrimStart() is [] or ['{' or '[', ..];
    }

    /// <summary>Whether a name is there, also inside a string or as <c>NotAction</c>.</summary>
    public static bool Says(string text, string name) => text.IndexOf(name + "\"", StringComparison.Ordinal) >= 0
        || text.IndexOf(name + "\\\"", StringComparison.Ordinal) >= 0;

    private static bool Names(string text, int start, int length) =>
        text.IndexOf("Statement", start, length, StringComparison.Ordinal) >= 0 && text.IndexOf('{', start, length) >= 0;

    /// <summary>Code that makes or quotes policies holds pieces of them; only an object with statements that have an effect is one.</summary>
    private static bool LooksLikePolicy(string text) =>
        text.AsSpan().TrimStart() is ['{', ..] && Says(text, "\"Statement") && Says(text, "\"Effect") && Says(text, "Action");

    /// <summary>The whole text is looked at where it is complete.</summary>
    private static bool IsPartOfText(IOperation operation)
    {
        // In code that does not compile a sum need not have a type; what a handler of interpolated strings is given are pieces.
        if (operation.Syntax.Parent.IsKind(SyntaxKind.AddExpression) || operation.Syntax.IsKind(SyntaxKind.InterpolatedStringText))
        {
            return true;
        }

        for (IOperation? parent = operation.Parent; parent is IBinaryOperation or IInterpolationOperation or IInterpolatedStringOperation
            or IInterpolatedStringTextOperation or IParenthesizedOperation or IConversionOperation; parent = parent.Parent)
        {
            if (parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }
                or IInterpolatedStringOperation)
            {
                return true;
            }
        }

        return false;
    }
}
