// Arguments that must not be evaluated while the event is off: the pointers
// lead nowhere.
mod net;

struct Node {
    fd: i32,
    next: *const Node,
}

impl Node {
    unsafe fn fd(node: *const Node) -> i32 {
        (*node).fd.wrapping_mul(3)
    }
}

#[inline(never)]
unsafe fn serve(node: *const Node, text: &core::ffi::CStr) -> i32 {
    net::net::request((*(*node).next).fd, text);
    net::net::reply(Node::fd((*node).next), (*node).fd > 2, 0.5);
    7
}

fn main() {
    let mut nodes = [
        Node { fd: 4, next: core::ptr::null() },
        Node { fd: 3, next: core::ptr::null() },
    ];
    if std::env::args().count() > 1 {
        nodes[0].next = &raw const nodes[1];
    }
    println!("{}", unsafe { serve(&raw const nodes[0], c"GET /") });
}
