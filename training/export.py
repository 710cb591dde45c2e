"""The trained network as the two files that ship: an int8 ONNX encoder and the heads' weights."""

import hashlib
import tempfile
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from amity.encoder.features import FEATURES
from training.network import HEADS, LAYERS, WIDTH, Reader

OPSET = 17
MAX_BYTES = 30 * 1024 * 1024
"""The wheel's limit for the weights."""


class _Graph:
    """Nodes and constants of the encoder's graph, written by hand so that no exporter's version decides it."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, inputs: list[str], **attributes: object) -> str:
        self._count += 1
        output = f"{kind.lower()}_{self._count}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output


def build_graph(model: Reader) -> onnx.ModelProto:
    """
    Return the encoder as an ONNX model of one window.

    Parameters
    ----------
    model : Reader
        Trained.

    Returns
    -------
    onnx.ModelProto
        ``ids`` (pieces,) and ``features`` (pieces, features) to ``vectors`` (pieces, width). The word table is int8 by row.
    """
    weights = {name: value.detach().numpy() for name, value in model.encoder.state_dict().items()}
    graph = _Graph()
    add, constant = graph.add, graph.constant
    table = weights["word.weight"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127.0, 1e-8).astype(np.float32)
    constant("word", np.clip(np.rint(table / scale), -127, 127).astype(np.int8))
    constant("word_scale", scale)
    constant("position", weights["position.weight"] + weights["kind"])
    for name, values in (
        ("zero", [0]),
        ("one", [1]),
        ("split", [0, HEADS, WIDTH // HEADS]),
        ("join", [0, WIDTH]),
    ):
        constant(name, np.array(values, dtype=np.int64))
    constant("scaling", np.array((WIDTH // HEADS) ** -0.5, dtype=np.float32))
    constant("root_half", np.array(2**-0.5, dtype=np.float32))
    constant("half", np.array(0.5, dtype=np.float32))
    constant("unit", np.array(1.0, dtype=np.float32))
    constant("feature_weight", weights["features.weight"].T)
    words = add(
        "Mul",
        [
            add("Cast", [add("Gather", ["word", "ids"])], to=TensorProto.FLOAT),
            add("Gather", ["word_scale", "ids"]),
        ],
    )
    places = add("Slice", ["position", "zero", add("Shape", ["ids"]), "zero", "one"])
    x = add("Add", [add("Add", [words, places]), add("MatMul", ["features", "feature_weight"])])
    x = _norm(graph, weights, "norm", x)
    for layer in range(LAYERS):
        x = _layer(graph, weights, f"layers.{layer}", x)
    graph.nodes.append(helper.make_node("Identity", [x], ["vectors"], name="vectors"))
    made = helper.make_graph(
        graph.nodes,
        "reader",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["pieces", len(FEATURES)]),
        ],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["pieces", WIDTH])],
        graph.constants,
    )
    proto = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="amity")
    proto.ir_version = 8
    onnx.checker.check_model(proto)
    return proto


def _norm(graph: _Graph, weights: dict[str, NDArray[np.float32]], name: str, x: str) -> str:
    scale = graph.constant(f"{name}.scale", weights[f"{name}.weight"])
    shift = graph.constant(f"{name}.shift", weights[f"{name}.bias"])
    return graph.add("LayerNormalization", [x, scale, shift], axis=-1, epsilon=1e-12)


def _dense(graph: _Graph, name: str, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
    product = graph.add("MatMul", [x, graph.constant(f"{name}.weight", weight.T)])
    return graph.add("Add", [product, graph.constant(f"{name}.bias", bias)])


def _layer(graph: _Graph, weights: dict[str, NDArray[np.float32]], name: str, x: str) -> str:
    add = graph.add
    names = [f"{name}.{each}" for each in ("query", "key", "value")]
    joint = _dense(
        graph,
        f"{name}.qkv",
        x,
        np.concatenate([weights[f"{each}.weight"] for each in names]),
        np.concatenate([weights[f"{each}.bias"] for each in names]),
    )
    graph.nodes.append(
        helper.make_node(
            "Split", [joint], [f"{name}.{each}" for each in "qkv"], name=f"{name}.split", axis=-1
        )
    )

    def heads(each: str, order: list[int]) -> str:
        return add("Transpose", [add("Reshape", [f"{name}.{each}", "split"])], perm=order)

    scores = add("MatMul", [add("Mul", [heads("q", [1, 0, 2]), "scaling"]), heads("k", [1, 2, 0])])
    mixed = add("MatMul", [add("Softmax", [scores], axis=-1), heads("v", [1, 0, 2])])
    mixed = add("Reshape", [add("Transpose", [mixed], perm=[1, 0, 2]), "join"])
    out = _dense(
        graph, f"{name}.output", mixed, weights[f"{name}.output.weight"], weights[f"{name}.output.bias"]
    )
    x = _norm(graph, weights, f"{name}.norm", add("Add", [x, out]))
    inner = _dense(graph, f"{name}.up", x, weights[f"{name}.up.weight"], weights[f"{name}.up.bias"])
    erf = add("Add", [add("Erf", [add("Mul", [inner, "root_half"])]), "unit"])
    inner = add("Mul", [add("Mul", [inner, erf]), "half"])
    out = _dense(graph, f"{name}.down", inner, weights[f"{name}.down.weight"], weights[f"{name}.down.bias"])
    return _norm(graph, weights, f"{name}.norm2", add("Add", [x, out]))


def export_reader(model: Reader, directory: Path, *, quantize: bool = True) -> dict[str, str]:
    """
    Write the network and the heads of a trained reader.

    Parameters
    ----------
    model : Reader
        Trained.
    directory : Path
        Made if it is missing.
    quantize : bool
        Whether the matrices become int8 per channel; without, the file is larger than what ships.

    Returns
    -------
    dict of str to str
        File name to SHA-256.

    Raises
    ------
    ValueError
        If the files are larger than the wheel allows.
    """
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / "reader.onnx"
    proto = build_graph(model)
    if quantize:
        with tempfile.TemporaryDirectory() as scratch:
            plain = Path(scratch) / "plain.onnx"
            onnx.save(proto, plain)
            # reduced range: kernels without VNNI saturate on full 8-bit weights, and scores would differ by machine
            quantize_dynamic(
                plain,
                target,
                op_types_to_quantize=["MatMul"],
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
                nodes_to_exclude=_attention_products(proto),
            )
    else:
        onnx.save(proto, target)
    heads = {
        name: value.detach().numpy().astype(np.float16 if value.ndim > 1 else np.float32)
        for name, value in model.state_dict().items()
        if not name.startswith("encoder.")
    }
    np.savez(directory / "heads.npz", **heads)
    files = (target, directory / "heads.npz")
    size = sum(path.stat().st_size for path in files)
    if quantize and size > MAX_BYTES:
        raise ValueError(f"the weights have {size} bytes; the wheel allows {MAX_BYTES}")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _attention_products(proto: onnx.ModelProto) -> list[str]:
    """Names of the matrix products of two computed tensors, and of the tiny feature product."""
    constants = {each.name for each in proto.graph.initializer}
    return [
        node.name
        for node in proto.graph.node
        if node.op_type == "MatMul" and (node.input[1] not in constants or node.input[1] == "feature_weight")
    ]
