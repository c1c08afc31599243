using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Statements and documents that code makes with the types of the CDK (<c>Amazon.CDK.AWS.IAM</c>), of the SDK (<c>Amazon.Auth.AccessControlPolicy</c>), and of
/// what
/// hands them to Terraform's provider.
/// </summary>
internal static class CodeStatements
{
    private const string Cdk = "Amazon.CDK.AWS.IAM", Sdk = "Amazon.Auth.AccessControlPolicy";

    /// <summary>True for an expression that makes a statement.</summary>
    public static bool Makes(IOperation value) => value is IObjectCreationOperation { Type: { } type }
        && (type.Name is "PolicyStatement" or "Statement" ? IsOf(type, Cdk, "PolicyStatement") || IsOf(type, Sdk, "Statement") : TerraformStatement.Is(type));

    /// <summary>The statement that an expression makes, with what the code adds to it afterwards; null for another expression and where that is not
    /// known.</summary>
    public static CodeStatement? Of(IOperation value)
    {
        IOperation made = Made(CodeValues.Bare(value), out List<IInvocationOperation> chain);
        if (!Makes(made))
        {
            return null;
        }

        var creation = (IObjectCreationOperation)made;
        var statement = new CodeStatement(value is ILocalReferenceOperation ? creation : value);
        if (TerraformStatement.Is(creation.Type!))
        {
            return TerraformStatement.Read(creation, statement) ? statement : null;
        }

        bool isCdk = creation.Type!.Name == "PolicyStatement";
        if (!(isCdk ? CdkStatement.Read(creation, statement) : SdkStatement.Read(creation, statement)))
        {
            return null;
        }

        foreach (IInvocationOperation call in chain)
        {
            if (isCdk || !SdkStatement.Call(call, statement))
            {
                return null;
            }
        }

        return LocalOf(chain.Count > 0 ? chain[chain.Count - 1] : made) is not { } local
            || ChangesOf(local, out bool known).All(change => isCdk ? CdkStatement.Change(change, statement) : SdkStatement.Change(change, statement)) && known
            ? statement
            : null;
    }

    /// <summary>The statements of the document that an expression makes; null for another expression.</summary>
    public static IReadOnlyList<IOperation>? InDocument(IOperation value)
    {
        IOperation made = Made(CodeValues.Bare(value), out List<IInvocationOperation> chain);
        if (made is not IObjectCreationOperation { Type: { } type } creation)
        {
            return null;
        }

        if (IsOf(type, Cdk, "PolicyDocument"))
        {
            return creation.Arguments is [{ Value: var props }] && CodeValues.Bare(props) is IObjectCreationOperation { Initializer: { } initializer }
                ? StatementsOf(initializer) : null;
        }

        if (TerraformStatement.IsDocument(type))
        {
            return TerraformStatement.PartsOf(creation).FirstOrDefault(part => part.Name is "Statements" or "Statement").Value is { } list
                ? CodeValues.ItemsOf(list) : null;
        }

        if (!IsOf(type, Sdk, "Policy"))
        {
            return null;
        }

        var statements = new List<IOperation>();
        bool known = true;
        Take(creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "statements")?.Value);
        foreach (ISimpleAssignmentOperation set in CodeValues.PartsOf(creation.Initializer).OfType<ISimpleAssignmentOperation>()
            .Where(set => NameOf(set) == "Statements"))
        {
            Take(set.Value);
        }

        foreach (IMemberInitializerOperation set in CodeValues.PartsOf(creation.Initializer).OfType<IMemberInitializerOperation>()
            .Where(set => set.InitializedMember is IPropertyReferenceOperation { Property.Name: "Statements" }))
        {
            Take(set.Initializer);
        }

        foreach (IInvocationOperation call in chain)
        {
            known &= call.TargetMethod.Name is "WithStatements" or "WithId";
            Take(call.TargetMethod.Name == "WithStatements" ? call.Arguments[0].Value : null);
        }

        return known ? statements : null;

        void Take(IOperation? list)
        {
            if (list is not null)
            {
                statements.AddRange(CodeValues.ItemsOf(list) ?? [list]);
            }
        }
    }

    /// <summary>What an initializer of a document's properties says of its statements.</summary>
    public static IReadOnlyList<IOperation>? StatementsOf(IObjectOrCollectionInitializerOperation initializer) =>
        initializer.Initializers.OfType<ISimpleAssignmentOperation>().FirstOrDefault(set => NameOf(set) == "Statements") is { } set
            ? CodeValues.ItemsOf(set.Value) : null;

    /// <summary>The property that an assignment sets.</summary>
    public static string? NameOf(ISimpleAssignmentOperation set) => (set.Target as IPropertyReferenceOperation)?.Property.Name;

    public static bool IsOf(ITypeSymbol type, string space, string name) => type.Name == name && type.ContainingNamespace?.ToDisplayString() == space;

    /// <summary>Goes back along calls of methods that return what they are called on, and from a local to what it was given first.</summary>
    private static IOperation Made(IOperation value, out List<IInvocationOperation> chain)
    {
        chain = [];
        while (value is IInvocationOperation { Instance: { } instance, TargetMethod.Name: var name } call && name.StartsWith("With", StringComparison.Ordinal))
        {
            chain.Insert(0, call);
            value = CodeValues.Bare(instance);
        }

        if (value is ILocalReferenceOperation { Local: var local, SemanticModel: { } model }
            && local.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial }
            && initial.Span.End <= value.Syntax.SpanStart && model.GetOperation(initial) is { } first)
        {
            IOperation made = Made(CodeValues.Bare(first), out List<IInvocationOperation> before);
            chain.InsertRange(0, before);
            return made;
        }

        return value;
    }

    /// <summary>The local that a new object is put into, if any.</summary>
    public static ILocalSymbol? LocalOf(IOperation made)
    {
        IOperation? parent = made.Parent;
        while (parent is IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } ? local : null;
    }

    /// <summary>What is done to the object in a local, in the order of the code.</summary>
    /// <param name="local">The local.</param>
    /// <param name="known">False where something is done to it that is not understood, or only sometimes.</param>
    public static IReadOnlyList<IOperation> ChangesOf(ILocalSymbol local, out bool known)
    {
        known = true;
        var changes = new List<IOperation>();
        if (local.DeclaringSyntaxReferences is not [var declaration] || declaration.GetSyntax().FirstAncestorOrSelf<BlockSyntax>() is not { } block)
        {
            return changes;
        }

        foreach (IOperation use in PolicyUses.Of(local, block))
        {
            IOperation? change = use.Parent switch
            {
                IInvocationOperation call when call.Instance == use => call,
                IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation set } property when set.Target == property => set,
                IPropertyReferenceOperation { Parent: IInvocationOperation call } property when call.Instance == property => call,
                _ => null,
            };
            if (change is not null)
            {
                bool? isDone = CodePath.Leads(change.Syntax, block, mayRepeat: true);
                known &= isDone is not null && CodePath.LoopsOf(change.Syntax, block)
                    .All(loop => use.SemanticModel is { } model && LoopValues.ItemsOf(loop, model) is { Count: > 0 });
                if (isDone != false)
                {
                    changes.Add(change);
                }
            }
            else
            {
                known &= use.Parent is IArgumentOperation or IConversionOperation or IArrayInitializerOperation or IReturnOperation
                    || (use.Parent is ISimpleAssignmentOperation given && given.Value == use);
            }
        }

        return changes;
    }
}
