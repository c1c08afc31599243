using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Reads a statement made with the types of <c>Amazon.Auth.AccessControlPolicy</c>.</summary>
internal static class SdkStatement
{
    /// <summary>Takes what <c>new Statement(…) { … }</c> says; false where a part of it is not understood.</summary>
    public static bool Read(IObjectCreationOperation creation, CodeStatement statement)
    {
        statement.Effect = creation.Arguments is [{ Value: var effect }] ? CdkStatement.EffectOf(effect) : CodeItem.Unknown(creation);
        return CodeValues.PartsOf(creation.Initializer).All(part => part switch
        {
            ISimpleAssignmentOperation set => Set(CodeStatements.NameOf(set), set.Value, statement),
            IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: var name }, Initializer: var list } =>
                Set(name, list, statement),
            _ => false,
        });
    }

    /// <summary>Takes what the code does to the statement afterwards; false where that is not understood.</summary>
    public static bool Change(IOperation change, CodeStatement statement) => change switch
    {
        ISimpleAssignmentOperation set => Set(CodeStatements.NameOf(set), set.Value, statement),
        IInvocationOperation
        {
            Instance: IPropertyReferenceOperation { Property.Name: var list }, TargetMethod.Name: "Add",
            Arguments: [{ Value: var item }]
        } => Add(list, LoopValues.Each(item), statement),
        IInvocationOperation call => Call(call, statement),
        _ => false,
    };

    /// <summary>Takes what a method that returns the statement adds; false where that is not understood.</summary>
    public static bool Call(IInvocationOperation call, CodeStatement statement) => call.TargetMethod.Name switch
    {
        "WithId" => Set("Id", call.Arguments[0].Value, statement),
        "WithActionIdentifiers" => Set("Actions", call.Arguments[0].Value, statement),
        "WithResources" or "WithPrincipals" or "WithConditions" => Set(call.TargetMethod.Name.Substring("With".Length), call.Arguments[0].Value, statement),
        _ => false,
    };

    private static bool Set(string? property, IOperation value, CodeStatement statement)
    {
        switch (property)
        {
            case "Id":
                statement.Sid = new CodeItem(value);
                return true;
            case "Effect":
                statement.Effect = CdkStatement.EffectOf(value);
                return true;
            default:
                return CodeValues.ItemsOf(value) is { } items && Add(property, items, statement);
        }
    }

    private static bool Add(string? property, IReadOnlyList<IOperation> items, CodeStatement statement)
    {
        foreach (IOperation item in items.Select(CodeValues.Bare))
        {
            switch (property)
            {
                case "Actions":
                    statement.AddTo("Action", [ActionOf(item)]);
                    break;
                case "Resources":
                    statement.AddTo("Resource",
                        [item is IObjectCreationOperation { Arguments: [{ Value: var arn }] } ? new CodeItem(arn) : CodeItem.Unknown(item)]);
                    break;
                case "Principals":
                    AddPrincipal(item, statement);
                    break;
                case "Conditions":
                    AddCondition(item, statement);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static CodeItem ActionOf(IOperation item)
    {
        if (item is IObjectCreationOperation { Arguments: [{ Value: var name }] })
        {
            return new CodeItem(name);
        }

        if (item is IConversionOperation { OperatorMethod: not null, Operand: var converted })
        {
            return new CodeItem(converted);
        }

        if (item.Type?.SpecialType == SpecialType.System_String)
        {
            return new CodeItem(item);
        }

        // S3ActionIdentifiers.GetObject is s3:GetObject, S3ActionIdentifiers.AllS3Actions is s3:*.
        const string Holder = "ActionIdentifiers";
        if (item is not IFieldReferenceOperation { Field: { Name: var field, ContainingType.Name: var type } }
            || !type.EndsWith(Holder, StringComparison.Ordinal))
        {
            return CodeItem.Unknown(item);
        }

        string service = type.Substring(0, type.Length - Holder.Length).ToLowerInvariant();
        bool isAll = field.StartsWith("All", StringComparison.Ordinal) && field.EndsWith("Actions", StringComparison.Ordinal);
        return ProvableSec.ServiceData.ServiceCatalogue.Default.TryGetService(service, out _) ? new CodeItem(item, $"{service}:{(isAll ? "*" : field)}")
            : CodeItem.Unknown(item);
    }

    private static void AddPrincipal(IOperation item, CodeStatement statement)
    {
        switch (item)
        {
            case IFieldReferenceOperation { Field.Name: "AllUsers" or "Anonymous" }:
                statement.AddPrincipal("Principal", "AWS", new CodeItem(item, "*"));
                break;
            case IObjectCreationOperation { Arguments: [{ Value: var account }] }:
                statement.AddPrincipal("Principal", "AWS", new CodeItem(account));
                break;
            case IObjectCreationOperation { Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string provider } }, { Value: var id }, ..] }:
                statement.AddPrincipal("Principal", provider, new CodeItem(id));
                break;
            default:
                statement.AddPrincipal("Principal", "AWS", CodeItem.Unknown(item));
                break;
        }
    }

    private static void AddCondition(IOperation item, CodeStatement statement)
    {
        switch (item)
        {
            case IInvocationOperation
            {
                TargetMethod.Name: "NewCondition",
                Arguments: [{ Value: IFieldReferenceOperation { Field.Name: var comparison } }, { Value.ConstantValue: { HasValue: true, Value: string key } },
                { Value: var value }]
            }:
                statement.AddCondition(item, comparison, key, new CodeItem(value));
                break;
            case IInvocationOperation { TargetMethod.Name: "NewIpAddressCondition", Arguments: [{ Value: var range }] }:
                statement.AddCondition(item, "IpAddress", "aws:SourceIp", new CodeItem(range));
                break;
            case IInvocationOperation { TargetMethod.Name: "NewSourceArnCondition", Arguments: [{ Value: var arn }] }:
                statement.AddCondition(item, "ArnLike", "aws:SourceArn", new CodeItem(arn));
                break;
            case IInvocationOperation { TargetMethod.Name: "NewSecureTransportCondition" }:
                statement.AddCondition(item, "Bool", "aws:SecureTransport", new CodeItem(item, "true"));
                break;
            default:
                statement.AddCondition(CodeItem.Unknown(item).Write);
                break;
        }
    }
}
